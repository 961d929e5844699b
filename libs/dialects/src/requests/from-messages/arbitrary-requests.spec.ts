import fc from 'fast-check';
import { SallyportError } from '../../errors/sallyport-error';
import type { JsonObject } from '../../json/json-value';
import { messagesToChat } from '../messages-to-chat/messages-to-chat';
import { messagesToResponses } from '../messages-to-responses/messages-to-responses';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS } from '../upstream-traits';

const WORDS = [
  ...['user', 'assistant', 'system', 'text', 'image', 'document', 'search_result', 'thinking', 'redacted_thinking'],
  ...['tool_use', 'tool_result', 'server_tool_use', 'compaction', 'base64', 'url', 'content', 'file', 'custom', 'bash'],
  ...['auto', 'any', 'tool', 'none', 'enabled', 'adaptive', 'json_schema', 'high', 'max', 'create', '__proto__', ''],
];
const NAMES = [
  ...['type', 'role', 'content', 'text', 'source', 'media_type', 'data', 'url', 'title', 'context', 'id', 'name'],
  ...['input', 'tool_use_id', 'is_error', 'thinking', 'signature', 'input_schema', 'description', 'strict', 'format'],
  ...['schema', 'effort', 'user_id', 'budget_tokens', 'disable_parallel_tool_use', 'tool_name', '__proto__'],
];
const FIELDS = [
  ...['system', 'max_tokens', 'stop_sequences', 'stream', 'temperature', 'top_p', 'top_k', 'tools', 'tool_choice'],
  ...['thinking', 'metadata', 'output_config', 'output_format', 'thread', 'mcp_servers', 'later'],
];

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.oneof(fc.constantFrom(...WORDS), fc.string(), fc.boolean(), fc.constant(null), fc.integer(), fc.double()),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 5 }),
  ),
}));

/** Blocks whose outline is right, so that what is inside them is reached. */
const block = fc
  .tuple(fc.constantFrom(...WORDS), fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 5 }))
  .map(([type, members]) => ({ ...members, type }));
const turn = fc.record({
  role: fc.constantFrom('user', 'assistant', 'system'),
  content: fc.oneof(fc.string(), fc.array(block, { maxLength: 3 }), value),
});
const outlined = fc
  .tuple(fc.array(turn, { maxLength: 3 }), fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 4 }))
  .map(([messages, fields]) => ({ ...fields, model: 'm', messages }));
const anyRequest = fc.oneof(outlined, fc.dictionary(fc.constantFrom('messages', ...FIELDS), value));

describe.each([
  ['chat', messagesToChat],
  ['Responses', messagesToResponses],
])('any request to %s', (_, translate) => {
  it.each([true, false])('is JSON without gaps or a SallyportError (drop_params %s)', (dropParams) => {
    let translated = 0;
    fc.assert(
      fc.property(anyRequest, fc.constantFrom('gpt-4o', 'o3'), (request, model) => {
        const parsed = JSON.parse(JSON.stringify(request)) as JsonObject;
        try {
          const { body } = translate(parsed, new RequestTranslation(model, { ...DEFAULT_TRAITS, dropParams }));
          expect(JSON.parse(JSON.stringify(body))).toStrictEqual(body);
          translated += 1;
        } catch (error) {
          if (!(error instanceof SallyportError)) throw error;
          expect(['invalid_request', 'dialect_unsupported']).toContain(error.code);
          expect(error.param).toEqual(expect.any(String));
        }
      }),
      { numRuns: 2_000 },
    );
    expect(translated).toBeGreaterThan(50);
  });
});
