import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment, readMaskingSettings, type Variables } from '@sallyport/config';
import type { RunningApp } from '@sallyport/platform';
import { ScriptedUpstream } from '@sallyport/testing';
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
  /** Stops the proxy and starts another one on the same data folder and upstream. */
  restart(): Promise<ProxyHarness>;
  close(): Promise<void>;
}

export async function startProxy(variables: Variables = {}): Promise<ProxyHarness> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-masking-'));
  return startOn(await ScriptedUpstream.start(), dataDir, variables);
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
  return {
    url: app.url,
    upstream,
    dataDir,
    lastBody: () => upstream.requests.at(-1)?.body.toString('utf8') ?? '',
    post: (path, body, headers = {}) =>
      fetch(app.url + path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${MASTER_KEY}`, ...headers },
      }),
    restart: async () => {
      await app.close();
      return startOn(upstream, dataDir, variables);
    },
    close: async () => {
      await app.close();
      await upstream.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
