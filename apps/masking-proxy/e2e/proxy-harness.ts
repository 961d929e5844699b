import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment, readMaskingSettings, type Variables } from '@sallyport/config';
import type { RunningApp } from '@sallyport/platform';
import { openAiReply, ScriptedUpstream } from '@sallyport/testing';
import { startMaskingProxy } from '../src';

export const MASTER_KEY = 'sk-master-key-for-tests';

/** A running proxy before a scripted upstream, with a data folder of its own. */
export interface ProxyHarness {
  readonly url: string;
  readonly upstream: ScriptedUpstream;
  readonly dataDir: string;
  /** What the upstream was sent last, as text. */
  lastBody(): string;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The sum of a counter over all labels that hold `labels`, such as `kind="email"`. */
  counted(metric: string, labels?: string): Promise<number>;
  /** Another proxy on the same data folder and upstream, with further settings; closed with this one at the latest. */
  with(variables: Variables): Promise<ProxyHarness>;
  /** Stops the proxy and starts another one on the same data folder and upstream. */
  restart(variables?: Variables): Promise<ProxyHarness>;
  /** Stops the proxy alone. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export async function startProxy(variables: Variables = {}): Promise<ProxyHarness> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-masking-'));
  return startOn(await ScriptedUpstream.start(), dataDir, variables);
}

/** Starts one proxy for all tests of a block; before each of them its upstream forgets what it was sent and told. */
export function shareProxy(variables: Variables = {}): () => ProxyHarness {
  let proxy: ProxyHarness;
  beforeAll(async () => {
    proxy = await startProxy(variables);
  });
  beforeEach(() => {
    proxy.upstream.requests.length = 0;
    proxy.upstream.script(() => ({ body: openAiReply('ok') }));
  });
  afterAll(() => proxy.close());
  return () => proxy;
}

async function startOn(upstream: ScriptedUpstream, dataDir: string, variables: Variables): Promise<ProxyHarness> {
  const env = new Environment({
    MASKING_PORT: '0',
    MASKING_UPSTREAM_URL: upstream.url,
    LITELLM_MASTER_KEY: MASTER_KEY,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    ...variables,
  });
  const settings = readMaskingSettings(env);
  env.problems.throwIfAny();
  const app: RunningApp = await startMaskingProxy(settings);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= app.close());
  const others: ProxyHarness[] = [];
  const authorization = `Bearer ${MASTER_KEY}`;
  const startWith = (further: Variables): Promise<ProxyHarness> =>
    startOn(upstream, dataDir, { ...variables, ...further });
  return {
    url: app.url,
    upstream,
    dataDir,
    lastBody: () => upstream.requests.at(-1)?.body.toString('utf8') ?? '',
    post: (path, body, headers = {}) =>
      fetch(app.url + path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', authorization, ...headers },
      }),
    get: (path, headers = {}) => fetch(app.url + path, { headers: { authorization, ...headers } }),
    counted: async (metric, labels = '') => sumOf(await (await fetch(`${app.url}/metrics`)).text(), metric, labels),
    with: async (further) => {
      const other = await startWith(further);
      others.push(other);
      return other;
    },
    restart: async (further = {}) => {
      await stop();
      return startWith(further);
    },
    stop,
    close: async () => {
      await Promise.all([stop(), ...others.map((other) => other.stop())]);
      await upstream.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

function sumOf(metrics: string, metric: string, labels: string): number {
  const lines = metrics.split('\n').filter((line) => line.startsWith(`${metric}{`) && line.includes(labels));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
