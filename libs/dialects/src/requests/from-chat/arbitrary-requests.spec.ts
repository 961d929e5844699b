import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { SallyportError } from '../../errors/sallyport-error';
import { parseJson, type JsonObject } from '../../json/json-value';
import { chatToMessages } from '../chat-to-messages/chat-to-messages';
import { CHAT_TO_MESSAGES_RULES } from '../chat-to-messages/chat-to-messages.rules';
import { chatToResponses } from '../chat-to-responses/chat-to-responses';
import { CHAT_TO_RESPONSES_RULES } from '../chat-to-responses/chat-to-responses.rules';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS } from '../upstream-traits';

const anything = fc.jsonValue({ maxDepth: 2 });

/** @param wild whether any value may be anything, or absent; otherwise all is as the reference has it */
function chatRequests(wild: boolean): fc.Arbitrary<JsonObject> {
  const mostly = (arbitrary: fc.Arbitrary<unknown>) =>
    wild ? fc.oneof({ arbitrary, weight: 9 }, { arbitrary: anything, weight: 1 }) : arbitrary;
  const some = (fields: Record<string, fc.Arbitrary<unknown>>) =>
    fc.record(
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, mostly(value)])),
      wild ? { requiredKeys: [] } : {},
    );
  const one = (right: unknown[], wrong: unknown[] = []) => fc.constantFrom(...right, ...(wild ? wrong : []));
  const list = (entry: fc.Arbitrary<unknown>, maxLength: number) => fc.array(mostly(entry), { maxLength });

  const text = one(['Hi', ' there', '', '{"a":1}', '__proto__'], ['constructor']);
  const name = one(['f', 'g', '__proto__'], ['', 'constructor']);
  const args = one(['', '{}', '{"a":{"b":1}}'], ['[', '1']);
  const url = one(['https://x.test/a', 'data:image/png;base64,AA=='], ['data:', 'x', 'data:text/plain;base64,AA==']);
  const part = some({
    type: one(['text', 'image_url', 'file', 'refusal'], ['input_audio', 'constructor']),
    text,
    refusal: text,
    image_url: some({ url, detail: text }),
    file: some({ file_data: url, filename: text }),
    cache_control: one([{ type: 'ephemeral' }, null]),
  });
  const call = some({
    id: one(['a', 'functions.f:0']),
    type: one(['function', 'custom'], ['other']),
    function: some({ name, arguments: args }),
    custom: some({ name, input: text }),
  });
  const message = some({
    role: one(['system', 'developer', 'user', 'assistant', 'tool'], ['function', 'constructor']),
    content: fc.oneof(text, fc.array(mostly(wild ? part : some({ type: one(['text']), text })), { maxLength: 3 })),
    tool_calls: list(call, 2),
    tool_call_id: one(['a', 'functions.f:0']),
    refusal: text,
    thinking_blocks: list(some({ type: one(['thinking']), thinking: text, signature: text }), 1),
  });
  const tool = some({
    type: one(['function'], ['custom', 'other']),
    function: some({ name, parameters: fc.object({ maxDepth: 2 }), strict: fc.boolean(), description: text }),
  });
  const schemaOver = (inner: fc.Arbitrary<unknown>) =>
    some({
      type: one(['object', 'array', 'string', ['object', 'null']]),
      properties: fc.dictionary(fc.constantFrom('a', 'minimum', '__proto__'), inner, { maxKeys: 2 }),
      anyOf: list(inner, 1),
      minItems: fc.nat(3),
      format: text,
    });
  const schema = schemaOver(schemaOver(one([{}, { type: 'integer', minimum: 1 }], [null])));
  const requests = some({
    messages: fc
      .tuple(fc.constant({ role: 'user', content: [{ type: 'text', text: 'Hi' }] }), list(message, 4))
      .map(([first, rest]) => [first, ...rest]),
    tools: list(tool, 2),
    functions: list(some({ name }), 1),
    tool_choice: one(['none', 'auto', 'required', null, { type: 'function', function: { name: 'f' } }], ['x', {}]),
    function_call: one(['none', { name: 'f' }, null], ['x']),
    response_format: some({
      type: one(['json_schema', 'json_object', 'text'], ['x']),
      json_schema: some({ schema, name }),
    }),
    reasoning_effort: one(['none', 'low', 'high', 'max', null], ['constructor']),
    thinking: fc.oneof(fc.constant(null), some({ type: one(['enabled']), budget_tokens: fc.nat() })),
    stop: one([null, []], ['x', ['y']]),
    temperature: fc.double({ noNaN: true, noDefaultInfinity: true }),
    max_tokens: fc.nat(),
    user: text,
    unheard_of: anything,
  });
  // As it arrives: without anything that JSON cannot say.
  return requests.map((request) => JSON.parse(JSON.stringify(request)) as JsonObject);
}

describe.each([
  ['chatToMessages', chatToMessages],
  ['chatToResponses', chatToResponses],
])('%s and any request', (_, translate) => {
  const model = fc.constantFrom('claude-3-haiku', 'claude-sonnet-4-5', 'claude-opus-5', 'gpt-5');
  const run = (body: JsonObject, name: string, dropParams: boolean) => {
    const result = translate(body, new RequestTranslation(name, { ...DEFAULT_TRAITS, dropParams })).body;
    expect(isDeepStrictEqual(parseJson(JSON.stringify(result)), result)).toBe(true);
  };

  it('translates to JSON what is as it should be', () => {
    // Some choose a tool that is not there.
    fc.assert(fc.property(chatRequests(false), model, fc.constant(true), run), { numRuns: 500 });
  });

  it('translates to JSON what is not, or refuses it by the name of a field', () => {
    const property = fc.property(chatRequests(true), model, fc.boolean(), (body, name, dropParams) => {
      try {
        run(body, name, dropParams);
      } catch (error) {
        if (!(error instanceof SallyportError)) throw error;
        expect(error.param).toBeDefined();
        expect(['invalid_request', 'dialect_unsupported']).toContain(error.code);
      }
    });
    fc.assert(property, { numRuns: 2000 });
  });
});

describe('the tables', () => {
  /** From the reference of the chat completion request. */
  const OFFICIAL = [
    'audio',
    'frequency_penalty',
    'function_call',
    'functions',
    'logit_bias',
    'logprobs',
    'max_completion_tokens',
    'max_tokens',
    'messages',
    'metadata',
    'modalities',
    'model',
    'moderation',
    'n',
    'parallel_tool_calls',
    'prediction',
    'presence_penalty',
    'prompt_cache_key',
    'prompt_cache_options',
    'prompt_cache_retention',
    'reasoning_effort',
    'response_format',
    'safety_identifier',
    'seed',
    'service_tier',
    'stop',
    'store',
    'stream',
    'stream_options',
    'temperature',
    'tool_choice',
    'tools',
    'top_logprobs',
    'top_p',
    'user',
    'verbosity',
    'web_search_options',
  ];

  it.each([
    ['Messages', CHAT_TO_MESSAGES_RULES],
    ['Responses', CHAT_TO_RESPONSES_RULES],
  ])('to %s know every official field', (_, { fields }) => {
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(OFFICIAL));
  });
});
