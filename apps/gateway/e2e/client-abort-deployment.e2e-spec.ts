import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAiStream, ScriptedUpstream } from '@sallyport/testing';
import { eventually, KEY, startTestGateway, type TestGateway } from './gateway-harness';

const EVENTS = openAiStream(['one ', 'two ']);

describe('on_client_abort of a deployment', () => {
  let dir: string;
  let upstream: ScriptedUpstream;
  let gateway: TestGateway;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-abort-'));
    upstream = await ScriptedUpstream.start();
  });
  afterEach(() => gateway.close());
  afterAll(async () => {
    await upstream.close();
    await rm(dir, { recursive: true });
  });

  /** Leaves a stream at its second event; the upstream goes on then. */
  const leave = async (policy: string, ofDeployment: string): Promise<boolean> => {
    const file = join(dir, 'config.yaml');
    const params = { model: 'openai/m', api_base: `${upstream.url}/v1`, api_key: 'k', on_client_abort: ofDeployment };
    await writeFile(file, JSON.stringify({ model_list: [{ model_name: 'm', litellm_params: params }] }));
    gateway = await startTestGateway({ GATEWAY_ON_CLIENT_ABORT: policy }, ['--config', file]);
    const abort = new AbortController();
    const left = Promise.withResolvers<void>();
    upstream.script(() => ({ chunks: EVENTS, before: (index) => (index === 2 ? left.promise : undefined) }));
    const reply = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
      signal: abort.signal,
    });
    await reply.body?.getReader().read();
    abort.abort();
    const request = upstream.requests.at(-1);
    if (ofDeployment === 'abort') await eventually(() => request?.aborted === true, 'the upstream call ends');
    else {
      const hasLeft = async () => (await (await fetch(`${gateway.url}/metrics`)).text()).includes('status="499"');
      await eventually(hasLeft, 'the gateway sees that its client left');
    }
    left.resolve();
    await eventually(() => gateway.records.length === 1, 'the record is written');
    return gateway.records[0]?.status === 'success';
  };

  it('drain wins over abort', async () => {
    expect(await leave('abort', 'drain')).toBe(true);
  });

  it('abort wins over drain', async () => {
    expect(await leave('drain', 'abort')).toBe(false);
  });
});
