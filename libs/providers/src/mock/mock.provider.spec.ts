import { createStreamObserver, SseDecoder, type Dialect } from '@sallyport/dialects';
import type { HttpReply } from '../http/http.port';
import { MockProvider } from './mock.provider';

const REQUEST = { model: 'm', messages: [{ role: 'user', content: 'Grüße, 🚀!  Two  spaces' }] };

function call(
  address: string,
  endpoint: Dialect,
  request: object,
  signal = new AbortController().signal,
): Promise<HttpReply> {
  const body = Buffer.from(JSON.stringify(request));
  return new MockProvider(address).call({
    endpoint,
    method: 'POST',
    subpath: '',
    model: 'm',
    contentType: 'application/json',
    body,
    headers: {},
    signal,
    firstByteTimeoutMs: 1_000,
    idleTimeoutMs: 1_000,
  });
}

async function textOf({ body }: HttpReply): Promise<string> {
  const chunks = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe.each(['openai-chat', 'anthropic-messages'] as const)('mock upstream in %s', (dialect) => {
  it('says back what it was told, the same whole and streamed', async () => {
    const whole = await textOf(await call('mock://echo', dialect, REQUEST));
    expect(whole).toContain('Grüße, 🚀!  Two  spaces');
    const stream = await textOf(await call('mock://echo', dialect, { ...REQUEST, stream: true }));
    const observer = createStreamObserver(dialect);
    const ends = new SseDecoder().push(Buffer.from(stream)).map((event) => observer.observe(event));
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect(ends.at(-1)).toBe(true);
    expect(JSON.stringify(observer.summary().response)).toContain('Grüße, 🚀!  Two  spaces');
  });

  it('answers in its own words, and reads content that comes in parts', async () => {
    const content = [{ type: 'text', text: 'part one' }, { type: 'image' }];
    const reply = await textOf(await call('mock://local', dialect, { messages: [{ role: 'user', content }] }));
    expect(reply).toContain('Hello from the mock upstream. You said: part one');
  });

  it('fails with the status it is given', async () => {
    const reply = await call('mock://fail?status=529', dialect, REQUEST);
    expect([reply.status, await textOf(reply)]).toEqual([529, expect.stringContaining('"error"')]);
  });

  it('ends at once when the caller gives up', async () => {
    const reason = new Error('gone');
    const slow = call('mock://local?ttft_ms=60000', dialect, REQUEST, AbortSignal.abort(reason));
    await expect(slow).rejects.toBe(reason);
  });

  it('takes longer than its caller allows', async () => {
    await expect(call('mock://local?ttft_ms=60000', dialect, REQUEST)).rejects.toMatchObject({
      code: 'deadline_exceeded',
    });
  });
});

it('sends the usage chunk to a chat client that asks for it', async () => {
  const request = { ...REQUEST, stream: true, stream_options: { include_usage: true } };
  expect(await textOf(await call('mock://echo', 'openai-chat', request))).toContain('"usage":{"prompt_tokens":');
});
