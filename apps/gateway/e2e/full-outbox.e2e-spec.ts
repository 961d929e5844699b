import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfiguration } from '@sallyport/config';
import type { RunningApp } from '@sallyport/platform';
import { openAiReply, openAiStream, ScriptedUpstream, until } from '@sallyport/testing';
import { prepareGateway, startGateway } from '../src/index';
import { KEY } from './gateway-harness';

const EVENTS = openAiStream(['one ', 'two']);

describe('a gateway whose outbox is full', () => {
  let dir: string;
  let upstream: ScriptedUpstream;
  let gateway: RunningApp | undefined;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-full-'));
    upstream = await ScriptedUpstream.start();
  });
  afterEach(async () => {
    await gateway?.close();
    gateway = undefined;
    await upstream.close();
    await rm(dir, { recursive: true });
  });

  /** Starts a gateway, without a queue, and makes one call: its outbox holds `maxRecords`. */
  const start = async (onFull: 'block' | 'shed', maxRecords = 1): Promise<string> => {
    const configuration = loadConfiguration(
      {
        GATEWAY_PORT: '0',
        GATEWAY_API_KEYS: KEY,
        GATEWAY_UPSTREAMS: `gpt=${upstream.url}`,
        DATA_DIR: dir,
        LOG_LEVEL: 'silent',
        LOG_OUTBOX_MAX_RECORDS: String(maxRecords),
        LOG_ON_FULL: onFull,
      },
      [],
    );
    const prepared = prepareGateway(configuration);
    configuration.env.problems.throwIfAny();
    gateway = await startGateway(prepared);
    upstream.script(() => ({ body: openAiReply('a') }));
    expect((await chat(gateway.url, false)).status).toBe(200);
    return gateway.url;
  };
  const chat = async (url: string, stream: boolean): Promise<{ status: number; text: string }> => {
    const reply = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ model: 'gpt', stream, messages: [{ role: 'user', content: 'Hi' }] }),
    });
    return { status: reply.status, text: await reply.text() };
  };
  const books = async (url: string): Promise<string[]> => {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    return [...metrics.matchAll(/^gateway_log_records_((?:accepted|shed|refused)_total \d+)$/gm)].map(
      ([, line]) => line!,
    );
  };

  it('begins no call when it blocks', async () => {
    const url = await start('block');
    for (const stream of [false, true]) {
      const { status, text } = await chat(url, stream);
      expect([status, text]).toEqual([507, expect.stringContaining('"code":"storage_full"')]);
    }
    expect(upstream.requests).toHaveLength(1);
    expect(await books(url)).toEqual(expect.arrayContaining(['accepted_total 1', 'shed_total 0', 'refused_total 2']));
  });

  it('fails calls that were under way when it became full, streams with an error in place of their end', async () => {
    const url = await start('block', 2);
    const go = Promise.withResolvers<void>();
    upstream.script(async () => {
      await go.promise;
      return { chunks: [EVENTS.join('')] };
    });
    const streamed = chat(url, true);
    await until(() => upstream.requests.length === 2);
    upstream.script(() => ({ body: openAiReply('a') }));
    expect((await chat(url, false)).status).toBe(200);
    go.resolve();
    const { status, text } = await streamed;
    expect([status, text]).toEqual([200, expect.stringContaining('"two"')]);
    expect(text).toContain('"code":"storage_full"');
    expect(text).not.toContain('[DONE]');
    expect(await books(url)).toEqual(expect.arrayContaining(['accepted_total 2', 'shed_total 0', 'refused_total 1']));
  });

  it('lets calls go on unrecorded, and counts them, when it sheds', async () => {
    const url = await start('shed');
    expect(await chat(url, false)).toMatchObject({ status: 200 });
    upstream.script(() => ({ chunks: [EVENTS.join('')] }));
    const { status, text } = await chat(url, true);
    expect([status, text.endsWith('data: [DONE]\n\n')]).toEqual([200, true]);
    expect(await books(url)).toEqual(expect.arrayContaining(['accepted_total 3', 'shed_total 2', 'refused_total 0']));
  });
});
