import type { Endpoint } from '@sallyport/dialects';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { failureOf, type CallOutcome } from '../call-outcome';
import { outcomeWith, STREAMED, usageOf } from '../record/call-outcome.fixture';
import { SallyportError } from '@sallyport/dialects';
import { callUsage } from './call-usage';
import { estimateInputTokens } from './estimate-input-tokens';
import { isFinished } from './reply-texts';

const SAID = 'The quick brown fox jumps over the lazy dog.';
const ARGUMENTS = '{"city":"Seoul","days":3}';
const words = countTokens(SAID);
const args = countTokens(ARGUMENTS);
const name = countTokens('get_weather');

const cut = failureOf(new SallyportError('upstream_interrupted', 'It broke off'));
const replyOf = (response: unknown, usage?: Parameters<typeof usageOf>[0]) => ({
  id: 'x',
  usage: usage && usageOf(usage),
  error: undefined,
  response,
});
const ended = (endpoint: Endpoint, response: unknown, more: Partial<CallOutcome> = {}) =>
  callUsage(outcomeWith({ ask: { endpoint }, reply: replyOf(response), ...more }));

const message = (content: object[]) => ({ type: 'message', role: 'assistant', content });
const chat = (said: object) => ({ choices: [{ index: 0, message: { role: 'assistant', ...said } }] });
const call = { id: 'c', type: 'function', function: { name: 'get_weather', arguments: ARGUMENTS } };

/** Replies of all dialects, with the tokens that were written in them. */
const REPLIES: readonly [what: string, endpoint: Endpoint, response: object, tokens: number][] = [
  ['a chat', 'openai-chat', chat({ content: SAID }), words],
  ['a chat in parts', 'openai-chat', chat({ content: [{ type: 'text', text: SAID }] }), words],
  ['a refusal', 'openai-chat', chat({ content: null, refusal: SAID }), words],
  ['reasoning', 'openai-chat', chat({ content: SAID, reasoning_content: SAID, reasoning: SAID }), 2 * words],
  ['reasoning of OpenRouter', 'openai-chat', chat({ content: SAID, reasoning: SAID }), 2 * words],
  ['tool calls', 'openai-chat', chat({ content: null, tool_calls: [call, call] }), 2 * (name + args)],
  ['an old function call', 'openai-chat', chat({ function_call: call.function }), name + args],
  [
    'a custom tool',
    'openai-chat',
    chat({ tool_calls: [{ custom: { name: 'get_weather', input: SAID } }] }),
    name + words,
  ],
  [
    'two choices',
    'openai-chat',
    { choices: [...chat({ content: SAID }).choices, ...chat({ content: SAID }).choices] },
    2 * words,
  ],
  ['a completion', 'openai-completions', { choices: [{ text: SAID }] }, words],
  ['a message', 'anthropic-messages', message([{ type: 'text', text: SAID }]), words],
  [
    'thinking',
    'anthropic-messages',
    message([{ type: 'thinking', thinking: SAID, signature: 'x'.repeat(999) }]),
    words,
  ],
  [
    'a tool use',
    'anthropic-messages',
    message([{ type: 'tool_use', id: 't', name: 'get_weather', input: JSON.parse(ARGUMENTS) as object }]),
    name + args,
  ],
  [
    'a cut tool use',
    'anthropic-messages',
    message([{ type: 'tool_use', name: 'get_weather', input: ARGUMENTS }]),
    name + args,
  ],
  ['a response', 'openai-responses', { output: [message([{ type: 'output_text', text: SAID }])] }, words],
  ['a refused response', 'openai-responses', { output: [message([{ type: 'refusal', refusal: SAID }])] }, words],
  [
    'a reasoning item',
    'openai-responses',
    {
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: SAID }], encrypted_content: 'x'.repeat(99) },
      ],
    },
    words,
  ],
  [
    'a function call',
    'openai-responses',
    { output: [{ type: 'function_call', name: 'get_weather', arguments: ARGUMENTS }] },
    name + args,
  ],
];

describe(callUsage.name, () => {
  it('keeps what the upstream reported', async () => {
    expect(await callUsage(STREAMED)).toEqual({
      source: 'upstream',
      tokens: STREAMED.reply?.usage,
      object: STREAMED.reply?.usage?.raw,
    });
  });

  it.each(REPLIES)('counts the output of %s', async (_what, endpoint, response, tokens) => {
    const usage = await ended(endpoint, response);
    expect(usage?.source).toBe('estimated');
    expect(usage?.tokens.completionTokens).toBe(tokens);
    const input = endpoint === 'openai-completions' ? 0 : await estimateInputTokens({ ...STREAMED.request.body });
    expect(usage?.object).toEqual({
      prompt_tokens: input,
      completion_tokens: tokens,
      total_tokens: input + tokens,
      estimated: true,
    });
  });

  it.each([
    ['a text', SAID, words],
    ['texts', [SAID, SAID], 2 * words],
    ['tokens', [1, 2, 3], 3],
    ['lists of tokens', [[1, 2], [3]], 3],
    ['nothing', undefined, 0],
  ])('counts the input of embeddings and completions: %s', async (_what, input, tokens) => {
    const embedding = await ended(
      'openai-embeddings',
      { data: '2 embeddings' },
      {
        ...outcomeWith({ ask: { endpoint: 'openai-embeddings' }, body: { input } }),
        reply: replyOf({ data: '2 embeddings' }),
      },
    );
    expect(embedding?.tokens).toMatchObject({ promptTokens: tokens, completionTokens: 0 });
    const completion = outcomeWith({
      ask: { endpoint: 'openai-completions' },
      body: { prompt: input },
      reply: replyOf({ choices: [] }),
    });
    expect((await callUsage(completion))?.tokens).toMatchObject({ promptTokens: tokens, completionTokens: 0 });
  });

  it.each<Endpoint>([
    'openai-audio-speech',
    'openai-images-generations',
    'rerank',
    'openai-files',
    'anthropic-count-tokens',
  ])('does not guess what %s costs', async (endpoint) => {
    expect(await ended(endpoint, { data: SAID })).toBeUndefined();
  });

  it('takes no error for a reply', async () => {
    const failure = { code: '400', kind: 'invalid_request_error', message: 'no' };
    for (const response of [{ error: { message: SAID } }, { detail: SAID }, SAID, null]) {
      expect(await ended('openai-chat', response, { failure })).toBeUndefined();
    }
    const error = { type: 'overloaded_error', message: SAID };
    const begun = { ...replyOf(chat({ content: null })), error };
    expect(await callUsage(outcomeWith({ reply: begun, failure }))).toBeUndefined();
  });

  it('counts the output of a stream that broke off before it was reported', async () => {
    const reply = replyOf(message([{ type: 'text', text: SAID }]), {
      promptTokens: 500,
      completionTokens: 1,
      cacheReadTokens: 100,
      raw: { input_tokens: 400, output_tokens: 1 },
    });
    const usage = await callUsage(outcomeWith({ ask: { endpoint: 'anthropic-messages' }, reply, failure: cut }));
    expect(usage).toMatchObject({
      source: 'estimated',
      tokens: { promptTokens: 500, completionTokens: words, totalTokens: 500 + words, cacheReadTokens: 100 },
      object: { input_tokens: 400, output_tokens: 1, estimated: true },
    });
  });

  it('believes the larger number of a stream that broke off', async () => {
    const reply = replyOf(chat({ content: SAID }), { completionTokens: 900 });
    expect((await callUsage(outcomeWith({ reply, failure: cut })))?.tokens.completionTokens).toBe(900);
  });

  it('believes the upstream when only the end of the stream is missing', async () => {
    const [choice] = chat({ content: SAID }).choices;
    const reply = replyOf({ choices: [{ ...choice, finish_reason: 'stop' }] }, { completionTokens: 3 });
    expect(await callUsage(outcomeWith({ reply, failure: cut }))).toMatchObject({
      source: 'upstream',
      tokens: { completionTokens: 3 },
    });
  });

  it('reads the counts of pictures', async () => {
    const usage = { promptTokens: 0, completionTokens: 0, totalTokens: 9, raw: { input_tokens: 4, output_tokens: 5 } };
    const outcome = outcomeWith({
      ask: { endpoint: 'openai-images-generations' },
      reply: replyOf({ data: [] }, usage),
    });
    expect((await callUsage(outcome))?.tokens).toMatchObject({ promptTokens: 4, completionTokens: 5, totalTokens: 9 });
  });
});

describe(isFinished.name, () => {
  it.each([
    [{ choices: [{ finish_reason: 'stop' }, { finish_reason: null }] }, false],
    [{ choices: [] }, false],
    [{ content: [], stop_reason: 'end_turn' }, true],
    [{ content: [], stop_reason: null }, false],
    [{ output: [], status: 'completed' }, true],
    [{ output: [], status: 'in_progress' }, false],
    [null, false],
  ])('of %j is %s', (response, finished) => {
    expect(isFinished(response)).toBe(finished);
  });
});
