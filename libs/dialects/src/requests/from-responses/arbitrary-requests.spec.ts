import fc from 'fast-check';
import { SallyportError } from '../../errors/sallyport-error';
import type { JsonObject } from '../../json/json-value';
import { sealReasoning } from '../../reply/sealed-reasoning';
import { RequestTranslation } from '../request-translation';
import { responsesToChat } from '../responses-to-chat/responses-to-chat';
import { responsesToMessages } from '../responses-to-messages/responses-to-messages';
import { DEFAULT_TRAITS } from '../upstream-traits';

const WORDS = [
  ...['user', 'assistant', 'system', 'developer', 'message', 'function_call', 'function_call_output', 'reasoning'],
  ...['custom_tool_call', 'custom_tool_call_output', 'item_reference', 'web_search_call', 'compaction', 'input_text'],
  ...[
    'output_text',
    'refusal',
    'input_image',
    'input_file',
    'input_audio',
    'function',
    'custom',
    'allowed_tools',
    'mcp',
  ],
  ...[
    'auto',
    'none',
    'required',
    'json_schema',
    'json_object',
    'text',
    'high',
    'xhigh',
    'c1',
    '{}',
    '{"a":1}',
    '__proto__',
  ],
  ...['https://x/y', 'data:image/png;base64,aGk=', 'data:application/pdf;base64,aGk=', 'data:,', ''],
  sealReasoning('anthropic-messages', { type: 'thinking', thinking: '', signature: 's' }),
];
const NAMES = [
  ...[
    'type',
    'role',
    'content',
    'text',
    'refusal',
    'image_url',
    'detail',
    'file_id',
    'file_data',
    'file_url',
    'filename',
  ],
  ...[
    'input_audio',
    'call_id',
    'name',
    'arguments',
    'input',
    'output',
    'summary',
    'encrypted_content',
    'id',
    'parameters',
  ],
  ...[
    'description',
    'strict',
    'format',
    'syntax',
    'definition',
    'mode',
    'tools',
    'schema',
    'effort',
    'verbosity',
    '__proto__',
  ],
];
const FIELDS = [
  ...[
    'instructions',
    'max_output_tokens',
    'stream',
    'temperature',
    'top_p',
    'tools',
    'tool_choice',
    'text',
    'reasoning',
  ],
  ...['parallel_tool_calls', 'user', 'metadata', 'store', 'background', 'previous_response_id', 'later'],
];

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.oneof(fc.constantFrom(...WORDS), fc.string(), fc.boolean(), fc.constant(null), fc.integer(), fc.double()),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 5 }),
  ),
}));
const word = fc.constantFrom(...WORDS);

/** Mostly what it should be. */
const mostly = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ arbitrary: right, weight: 30 }, { arbitrary: value, weight: 1 });
const url = fc.constantFrom('https://x/y', 'data:image/png;base64,aGk=', 'data:application/pdf;base64,aGk=');
const texts = fc.record({ type: fc.constantFrom('input_text', 'output_text'), text: mostly(fc.string()) });
const part = fc.oneof(
  texts,
  fc.record(
    { type: fc.constant('input_image'), image_url: mostly(url), detail: word },
    { requiredKeys: ['type', 'image_url'] },
  ),
  fc.record(
    { type: fc.constant('input_file'), file_data: mostly(url), filename: word },
    { requiredKeys: ['type', 'file_data'] },
  ),
);
const content = mostly(fc.oneof(fc.string(), fc.array(part, { maxLength: 3 })));
const ids = mostly(fc.constantFrom('c1', 'c:2'));
const item = fc.oneof(
  fc.record({ role: mostly(fc.constant('user')), content }),
  fc.record({ role: fc.constantFrom('assistant', 'developer'), content: mostly(fc.array(texts, { maxLength: 3 })) }),
  fc.record({
    type: fc.constant('function_call'),
    call_id: ids,
    name: mostly(word),
    arguments: mostly(fc.constant('{"a":1}')),
  }),
  fc.record({ type: fc.constant('custom_tool_call'), call_id: ids, name: mostly(word), input: mostly(fc.string()) }),
  fc.record({ type: fc.constant('function_call_output'), call_id: ids, output: content }),
  fc.record({ type: fc.constant('reasoning'), encrypted_content: word, summary: mostly(fc.array(texts)) }),
  fc.record({ type: mostly(word), call_id: word, output: content }),
);
const tool = fc.record({
  type: mostly(fc.constantFrom('function', 'custom')),
  name: mostly(word),
  parameters: mostly(fc.object()),
  format: value,
});
const format = fc.record({
  type: mostly(fc.constantFrom('text', 'json_object', 'json_schema')),
  name: mostly(word),
  schema: mostly(fc.dictionary(fc.constantFrom('type', 'properties', 'anyOf', 'minimum', '__proto__'), value)),
});
const outlined = fc.record(
  {
    model: fc.constant('m'),
    input: fc.array(item, { minLength: 1, maxLength: 5 }),
    temperature: mostly(fc.double({ noNaN: true, noDefaultInfinity: true })),
    tools: mostly(fc.array(tool, { maxLength: 3 })),
    tool_choice: mostly(fc.constantFrom('auto', 'none', 'required')),
    text: mostly(fc.record({ format })),
    reasoning: mostly(fc.record({ effort: word, summary: word })),
    stream: mostly(fc.boolean()),
    user: mostly(fc.string()),
  },
  { requiredKeys: ['model', 'input'] },
);
const anyRequest = fc.oneof(
  { arbitrary: outlined, weight: 4 },
  fc.dictionary(fc.constantFrom('input', ...FIELDS), value),
);

describe.each([
  ['chat', responsesToChat],
  ['Messages', responsesToMessages],
])('any request to %s', (_, translate) => {
  it.each([true, false])('is JSON without gaps or a SallyportError (drop_params %s)', (dropParams) => {
    let translated = 0;
    const models = fc.constantFrom('gpt-4o', 'claude-sonnet-4-5', 'claude-opus-4-7', 'claude-3-haiku');
    const check = fc.property(anyRequest, models, (request, model) => {
      const parsed = JSON.parse(JSON.stringify(request)) as JsonObject;
      const before = structuredClone(parsed);
      try {
        const { body } = translate(parsed, new RequestTranslation(model, { ...DEFAULT_TRAITS, dropParams }));
        expect(JSON.parse(JSON.stringify(body))).toStrictEqual(body);
        translated += 1;
      } catch (error) {
        if (!(error instanceof SallyportError)) throw error;
        expect(['invalid_request', 'dialect_unsupported']).toContain(error.code);
        expect(error.param).toEqual(expect.any(String));
      }
      expect(parsed).toStrictEqual(before);
    });
    fc.assert(check, { numRuns: 1_000 });
    expect(translated).toBeGreaterThan(200);
  });
});

describe('a conversation of 200,000 items', () => {
  const rounds = Array.from({ length: 50_000 }, (_, index) => [
    { role: 'assistant', content: 'Look' },
    { type: 'function_call', call_id: `c${index}`, name: 'look', arguments: '{}' },
    { type: 'reasoning', summary: [] },
  ]).flat();
  const results = Array.from({ length: 50_000 }, (_, index) => ({
    type: 'function_call_output',
    call_id: `c${index}`,
    output: '',
  }));

  it.each([
    ['chat', responsesToChat, 50_001],
    ['Messages', responsesToMessages, 2],
  ])('is translated for %s, whatever its order', (_, translate, length) => {
    const translation = new RequestTranslation('claude-sonnet-4-5', DEFAULT_TRAITS);
    const { messages } = translate({ model: 'm', input: [...rounds, ...results] }, translation).body;
    expect(messages).toHaveLength(length);
  });
});
