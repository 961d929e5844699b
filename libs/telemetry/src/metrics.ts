import { collectDefaultMetrics, Registry } from 'prom-client';

export type { Registry } from 'prom-client';

/**
 * A registry for one app. Apps that share a process keep their own, so that their numbers stay apart.
 *
 * @param options.processMetrics whether CPU, memory and event loop of the process are included
 */
export function createMetrics(options: { processMetrics?: boolean } = {}): Registry {
  const registry = new Registry();
  if (options.processMetrics ?? true) collectDefaultMetrics({ register: registry });
  return registry;
}
