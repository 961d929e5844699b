import Anthropic from '@anthropic-ai/sdk';
import { ANTHROPIC_PATHS, OPENAI_PATHS } from '../endpoint-paths';
import OpenAI from 'openai';
import type { Endpoint } from '@sallyport/dialects';
import { MockProvider } from './mock.provider';

const SETTINGS = { endpoints: undefined, chatOnly: false, dropParams: false, defaultMaxTokens: 1 };
const PATHS = Object.entries({ ...OPENAI_PATHS, ...ANTHROPIC_PATHS }) as [Endpoint, string][];

/** Hands what a client sends to the mock upstream. */
async function send(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  const [endpoint] = PATHS.find(([, path]) => pathname === path) ?? [];
  if (endpoint === undefined) throw new Error(`no endpoint at ${pathname}`);
  const reply = await new MockProvider('mock://echo', SETTINGS).call({
    endpoint,
    method: 'POST',
    subpath: '',
    model: 'm',
    contentType: 'application/json',
    body: Buffer.from(init?.body as string),
    headers: {},
    signal: new AbortController().signal,
    firstByteTimeoutMs: 1_000,
    idleTimeoutMs: 1_000,
  });
  const headers = reply.headers as Record<string, string>;
  return new Response(ReadableStream.from(reply.body), { status: reply.status, headers });
}

const options = { apiKey: 'k', baseURL: 'http://mock', fetch: send, maxRetries: 0 };
const openai = new OpenAI(options);
const anthropic = new Anthropic(options);

const messages = [{ role: 'user' as const, content: 'two words' }];
const schema = {
  type: 'object' as const,
  properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 3 }, unit: { enum: ['C', 'F'] }, x: {} },
  required: ['city', 'days', 'unit'],
};
const ARGUMENTS = { city: 'text', days: 3, unit: 'C' };

describe('chat completions', () => {
  const chatTool = { type: 'function' as const, function: { name: 'weather', parameters: schema } };

  it('streams a text and its usage', async () => {
    const stream = openai.chat.completions.stream({ model: 'm', messages, stream_options: { include_usage: true } });
    const completion = await stream.finalChatCompletion();
    expect(completion.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'two words' } });
    expect(completion.usage).toEqual({ prompt_tokens: 2, completion_tokens: 2, total_tokens: 4 });
  });

  it.each([
    ['required', 'required' as const],
    ['by name', { type: 'function' as const, function: { name: 'weather' } }],
  ])('calls a tool that is %s, whole and streamed', async (_, tool_choice) => {
    const request = { model: 'm', messages, tools: [chatTool], tool_choice };
    for (const { choices } of [
      await openai.chat.completions.create(request),
      await openai.chat.completions.stream(request).finalChatCompletion(),
    ]) {
      const { finish_reason, message } = choices[0] ?? {};
      expect(finish_reason).toBe('tool_calls');
      expect(message?.tool_calls).toMatchObject([{ type: 'function', function: { name: 'weather' } }]);
      const call = message?.tool_calls?.[0];
      expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual(ARGUMENTS);
    }
  });

  it('calls no tool that nobody insists on, and answers in the shape that is asked for', async () => {
    const request = { model: 'm', messages, tools: [chatTool], tool_choice: 'auto' as const };
    expect((await openai.chat.completions.create(request)).choices[0]?.message.content).toBe('two words');
    const response_format = { type: 'json_schema' as const, json_schema: { name: 's', schema } };
    const reply = await openai.chat.completions.create({ model: 'm', messages, response_format });
    expect(JSON.parse(reply.choices[0]?.message.content ?? '')).toEqual(ARGUMENTS);
  });
});

describe('responses', () => {
  it('streams a text', async () => {
    const deltas: string[] = [];
    const stream = openai.responses.stream({ model: 'm', input: 'two words', instructions: 'be' });
    stream.on('response.output_text.delta', ({ delta }) => deltas.push(delta));
    const response = await stream.finalResponse();
    expect([deltas.join(''), response.output_text, response.status]).toEqual(['two words', 'two words', 'completed']);
    expect(response.usage).toMatchObject({ input_tokens: 3, output_tokens: 2, total_tokens: 5 });
  });

  it('calls a tool, whole and streamed', async () => {
    const tools = [{ type: 'function' as const, name: 'weather', parameters: schema, strict: true }];
    const request = { model: 'm', input: messages, tools, tool_choice: { type: 'function' as const, name: 'weather' } };
    for (const { output } of [
      await openai.responses.create(request),
      await openai.responses.stream(request).finalResponse(),
    ]) {
      expect(output).toMatchObject([{ type: 'function_call', name: 'weather' }]);
      const [item] = output;
      expect(item?.type === 'function_call' && JSON.parse(item.arguments)).toEqual(ARGUMENTS);
    }
  });

  it('numbers its events without a gap', async () => {
    const stream = await openai.responses.create({ model: 'm', input: 'two words', stream: true });
    const numbers: number[] = [];
    for await (const event of stream) numbers.push(event.sequence_number);
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(numbers).toHaveLength(10);
  });
});

describe('messages', () => {
  it('streams a text', async () => {
    const message = await anthropic.messages.stream({ model: 'm', max_tokens: 9, messages }).finalMessage();
    expect(message).toMatchObject({
      content: [{ type: 'text', text: 'two words' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 2, output_tokens: 2 },
    });
  });

  it.each([{ type: 'any' as const }, { type: 'tool' as const, name: 'weather' }])(
    'calls a tool for %j, whole and streamed',
    async (tool_choice) => {
      const tools = [{ name: 'weather', input_schema: schema }];
      const request = { model: 'm', max_tokens: 9, messages, tools, tool_choice };
      for (const message of [
        await anthropic.messages.create(request),
        await anthropic.messages.stream(request).finalMessage(),
      ]) {
        expect(message.stop_reason).toBe('tool_use');
        expect(message.content).toMatchObject([{ type: 'tool_use', name: 'weather', input: ARGUMENTS }]);
      }
    },
  );

  it('counts tokens', async () => {
    const count = await anthropic.messages.countTokens({ model: 'm', system: 'be brief', messages });
    expect(count.input_tokens).toBe(4);
  });
});

describe('other endpoints', () => {
  it('completes a prompt, whole and streamed', async () => {
    const whole = await openai.completions.create({ model: 'm', prompt: 'two words' });
    expect([whole.choices[0]?.text, whole.usage?.completion_tokens]).toEqual(['two words', 2]);
    const request = { model: 'm', prompt: ['two', 'words'], stream_options: { include_usage: true } };
    const texts: string[] = [];
    let total: number | undefined;
    for await (const chunk of await openai.completions.create({ ...request, stream: true })) {
      texts.push(chunk.choices[0]?.text ?? '');
      total = chunk.usage?.total_tokens;
    }
    expect([texts.join(''), total]).toEqual(['two words', 4]);
  });

  it('embeds texts and tokens into lasting unit vectors', async () => {
    const embed = async (input: string | string[] | number[] | number[][], more: object = {}): Promise<number[][]> => {
      const { data } = await openai.embeddings.create({ model: 'm', input, dimensions: 5, ...more });
      expect(data.map(({ index }) => index)).toEqual(data.map((_, at) => at));
      return data.map(({ embedding }) => embedding);
    };
    const [first = []] = await embed('a');
    expect(first).toHaveLength(5);
    expect(Math.hypot(...first)).toBeCloseTo(1, 5);
    const [plain = []] = await embed('a', { encoding_format: 'float' });
    expect(plain.map(Math.fround)).toEqual(first.map(Math.fround));
    const [again, other] = await embed(['a', 'b']);
    expect([again, other]).toEqual([first, expect.not.arrayContaining(first)]);
    expect(await embed([1, 2])).toHaveLength(1);
    expect(await embed([[1, 2], [3]])).toHaveLength(2);
    const { data, usage } = await openai.embeddings.create({ model: 'm', input: [[1, 2], [3]] });
    expect([data[0]?.embedding.length, usage.total_tokens]).toEqual([1536, 3]);
  });

  it('flags nothing', async () => {
    const { results } = await openai.moderations.create({ input: ['a', 'b'] });
    expect(results.map(({ flagged, categories }) => [flagged, categories.hate])).toEqual([
      [false, false],
      [false, false],
    ]);
  });
});
