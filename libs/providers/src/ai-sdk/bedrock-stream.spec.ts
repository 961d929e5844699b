import { checkStream } from '@sallyport/testing';
import { EventStreamCodec } from '@smithy/eventstream-codec';
import { chunksOf, jsonOf, textOf, withoutIdAndTime } from '../provider-call.fixture';
import { ScriptedBedrock, USAGE, WEATHER } from './bedrock.fixture';

// Wire form: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')),
  (text) => Buffer.from(text),
);

function event(type: string, payload: object, kind = 'event'): Uint8Array {
  const header = (value: string) => ({ type: 'string', value }) as const;
  return codec.encode({
    headers: {
      ':message-type': header(kind),
      [`:${kind}-type`]: header(type),
      ':content-type': header('application/json'),
    },
    body: Buffer.from(JSON.stringify(payload)),
  });
}

const delta = (contentBlockIndex: number, value: object): Uint8Array =>
  event('contentBlockDelta', { contentBlockIndex, delta: value });
const stop = (contentBlockIndex: number): Uint8Array => event('contentBlockStop', { contentBlockIndex });
const STOP = event('messageStop', { stopReason: 'end_turn' });
const STREAM = [
  event('messageStart', { role: 'assistant' }),
  delta(0, { reasoningContent: { text: 'Hm' } }),
  delta(0, { reasoningContent: { signature: 'SIG' } }),
  stop(0),
  delta(1, { text: 'Grüß ' }),
  delta(1, { text: 'Gott 😀' }),
  stop(1),
  STOP,
  event('metadata', { usage: USAGE, metrics: { latencyMs: 1 } }),
];

let bedrock: ScriptedBedrock;

beforeEach(() => {
  bedrock = new ScriptedBedrock();
});

function streamed(...events: Uint8Array[]): void {
  bedrock.http.script(() => ({ headers: { 'content-type': 'application/vnd.amazon.eventstream' }, chunks: events }));
}

describe('a stream of Bedrock', () => {
  it('is the same, wherever it is cut', async () => {
    const bytes = Buffer.concat(STREAM);
    let expected: string | undefined;
    for (let cut = 0; cut <= bytes.length; cut += 5) {
      streamed(bytes.subarray(0, cut), bytes.subarray(cut));
      const stream = await textOf(await bedrock.ask({ stream: true, stream_options: { include_usage: true } }));
      const plain = withoutIdAndTime(stream);
      expect((expected ??= plain)).toBe(plain);
    }
    expect(bedrock.http.requests[0]?.url).toMatch(/\/converse-stream$/);
    expect(checkStream('openai-chat', expected ?? '')).toEqual([]);
    expect(chunksOf(expected ?? '')).toMatchObject([
      { choices: [{ delta: { role: 'assistant' } }] },
      { choices: [{ delta: { reasoning_content: 'Hm' } }] },
      { choices: [{ delta: { content: 'Grüß ' } }] },
      { choices: [{ delta: { content: 'Gott 😀' } }] },
      {
        choices: [
          {
            delta: { thinking_blocks: [{ type: 'thinking', thinking: 'Hm', signature: 'SIG' }] },
            finish_reason: 'stop',
          },
        ],
      },
      { choices: [], usage: { prompt_tokens: 15, completion_tokens: 5 } },
    ]);
  });

  it('counts its calls', async () => {
    const start = (contentBlockIndex: number, toolUseId: string): Uint8Array =>
      event('contentBlockStart', { contentBlockIndex, start: { toolUse: { toolUseId, name: 'weather' } } });
    streamed(
      start(0, 'a'),
      delta(0, { toolUse: { input: '{"a":' } }),
      delta(0, { toolUse: { input: '1}' } }),
      stop(0),
      start(1, 'b'),
      stop(1),
      event('messageStop', { stopReason: 'tool_use' }),
    );
    const stream = await textOf(await bedrock.ask({ stream: true, tools: [WEATHER] }));
    expect(checkStream('openai-chat', stream)).toEqual([]);
    expect(chunksOf(stream)).toMatchObject([
      {},
      { choices: [{ delta: { tool_calls: [{ index: 0, id: 'a' }] } }] },
      { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '{"a":' } }] } }] },
      { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '1}' } }] } }] },
      { choices: [{ delta: { tool_calls: [{ index: 1, id: 'b' }] } }] },
      { choices: [{ delta: { tool_calls: [{ index: 1, function: { arguments: '{}' } }] } }] },
      { choices: [{ finish_reason: 'tool_calls' }] },
    ]);
  });

  it.each([
    ['validationException', 400],
    ['throttlingException', 429],
    ['internalServerException', 500],
    ['modelStreamErrorException', 502],
    ['serviceUnavailableException', 503],
  ])('that begins with a %s is refused with %i', async (type, status) => {
    streamed(event('messageStart', { role: 'assistant' }), event(type, { message: 'no way' }, 'exception'));
    const reply = await bedrock.ask({ stream: true });
    expect(reply.status).toBe(status);
    expect(await jsonOf(reply)).toMatchObject({ error: { message: 'no way' } });
  });

  it('that fails later ends in an error', async () => {
    streamed(...STREAM.slice(0, 5), event('throttlingException', { message: 'too fast' }, 'exception'), STOP);
    const stream = await textOf(await bedrock.ask({ stream: true }));
    expect(checkStream('openai-chat', stream)).toEqual([]);
    expect(chunksOf(stream).at(-1)).toEqual({
      error: { message: 'too fast', type: 'rate_limit_error', param: null, code: null },
    });
  });

  it('that ends too early, between two events or inside one, is no reply', async () => {
    streamed(...STREAM.slice(0, 6));
    await expect(bedrock.ask({ stream: true }).then(textOf)).rejects.toMatchObject({
      code: 'upstream_interrupted',
      retryable: true,
    });
    streamed(...STREAM.slice(0, 6), STOP.subarray(0, 9));
    await expect(bedrock.ask({ stream: true }).then(textOf)).rejects.toMatchObject({
      code: 'upstream_interrupted',
      retryable: true,
    });
  });
});
