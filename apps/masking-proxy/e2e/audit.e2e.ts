import fs from 'node:fs';
import { openAiStream } from '@sallyport/testing';
import { PLANTED_TEXT, PLANTED_VALUES } from './leaks/planted';
import { startProxy, type ProxyHarness } from './proxy-harness';

interface LogLine {
  readonly message: string;
  readonly path?: string;
  readonly status?: number;
  readonly [field: string]: unknown;
}

describe('what is written down', () => {
  let proxy: ProxyHarness;
  let written: string;
  beforeEach(async () => {
    written = '';
    jest.spyOn(fs, 'writeSync').mockImplementation((_fd, data) => {
      const text = String(data);
      written += text;
      return Buffer.byteLength(text);
    });
    proxy = await startProxy({ LOG_LEVEL: 'trace', MASKING_POLICIES: 'us-ssn=block' });
  });
  afterEach(async () => {
    await proxy.close();
    jest.restoreAllMocks();
  });

  const lines = (path: string): LogLine[] =>
    written
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine)
      .filter((line) => line.message === 'request' && line.path === path);

  it('is one line for a call, with kinds and counts', async () => {
    proxy.upstream.script(({ body }) => ({
      chunks: openAiStream([/MSK\w{17}/.exec(body.toString())?.[0] ?? '', '.']),
    }));
    const messages = [{ role: 'user', content: 'a@example.com, b@example.com and vpc-1a2b3c4d' }];
    await (await proxy.post('/v1/chat/completions', { model: 'm', stream: true, messages })).text();
    while (lines('/v1/chat/completions').length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(lines('/v1/chat/completions')).toMatchObject([
      { status: 200, masked: 'email=2,aws-resource-id=1', restored: 'email=1' },
    ]);
  });

  it('tells of a call that was refused by the policy', async () => {
    await proxy.post('/v1/messages', { max_tokens: 9, messages: [{ role: 'user', content: 'SSN 536-22-8726' }] });
    while (lines('/v1/messages').length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(lines('/v1/messages')).toMatchObject([{ status: 403, blocked: 'us-ssn=1' }]);
  });

  it('holds no value, also where a call fails', async () => {
    proxy.upstream.script(() => ({ fault: 'reset' }));
    await proxy.post('/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: PLANTED_TEXT }] });
    await proxy.post('/v1/chat/completions', { model: 'm', messages: PLANTED_TEXT });
    await proxy.post(`/v1/chat/completions?x=${encodeURIComponent(PLANTED_TEXT)}`, `{"${PLANTED_TEXT}`);
    await proxy.get(`/v1/files/${PLANTED_VALUES[0]}`);
    const calls = (): number => written.split('"message":"request"').length - 1;
    while (calls() < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    const metrics = await (await fetch(`${proxy.url}/metrics`)).text();
    expect(PLANTED_VALUES.filter((value) => (metrics + written).includes(value))).toEqual([]);
    expect(written).not.toMatch(/MSK[A-Z0-9]{17}/);
  });
});
