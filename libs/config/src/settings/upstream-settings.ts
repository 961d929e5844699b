import type { Environment } from '../environment/environment';
import type { Secret } from '../secret';

/** One `name=address` pair of `GATEWAY_UPSTREAMS`. */
export interface NamedUpstream {
  readonly name: string;
  readonly address: string;
  /** From `GATEWAY_UPSTREAM_<NAME>_API_KEY`. */
  readonly apiKey: Secret | undefined;
  /** From `GATEWAY_UPSTREAM_<NAME>_ENDPOINTS`: what it serves, in the order in which dialects are preferred. */
  readonly endpoints: readonly string[] | undefined;
}

/** Reads `GATEWAY_UPSTREAMS`; items that cannot be read are listed in `env.problems`. */
export function readUpstreams(env: Environment): NamedUpstream[] {
  const seen = new Set<string>();
  return env.list('GATEWAY_UPSTREAMS', ';').flatMap((item, index) => {
    const at = item.indexOf('=');
    const name = item.slice(0, Math.max(at, 0)).trim();
    // The item itself is not quoted: it may be a key that was put into the wrong variable.
    const address = item.slice(at + 1).trim();
    if (name === '' || address === '')
      env.problems.add('GATEWAY_UPSTREAMS', `item ${index + 1} must have the form name=address`);
    else if (seen.has(name)) env.problems.add('GATEWAY_UPSTREAMS', `the name "${name}" occurs twice`);
    else {
      seen.add(name);
      return [readUpstream(env, name, address)];
    }
    return [];
  });
}

function readUpstream(env: Environment, name: string, address: string): NamedUpstream {
  const prefix = `GATEWAY_UPSTREAM_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
  const endpoints = env.list(`${prefix}_ENDPOINTS`, ',');
  const apiKey = env.secret(`${prefix}_API_KEY`);
  return { name, address, apiKey, endpoints: endpoints.length === 0 ? undefined : endpoints };
}
