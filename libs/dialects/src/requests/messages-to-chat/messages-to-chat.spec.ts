import type { SallyportError } from '../../errors/sallyport-error';
import type { JsonObject } from '../../json/json-value';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS, type UpstreamTraits } from '../upstream-traits';
import { messagesToChat } from './messages-to-chat';

interface Options extends Partial<UpstreamTraits> {
  readonly model?: string;
}

function translate(fields: JsonObject, { model = 'gpt-4o', ...traits }: Options = {}) {
  const translation = new RequestTranslation(model, { ...DEFAULT_TRAITS, ...traits });
  const request = { model: 'claude', messages: [{ role: 'user', content: 'Hi' }], ...fields };
  const { model: sent, messages, ...settings } = messagesToChat(request, translation).body;
  return { sent, messages, settings, dropped: translation.dropped };
}

const schema = {
  type: 'object',
  properties: { where: { $ref: '#/$defs/place' } },
  anyOf: [{ required: ['where'] }],
  additionalProperties: false,
  $defs: { place: { type: 'string' } },
};
const tool = { name: 'weather', description: 'Tells it.', input_schema: schema };
const sentTool = { type: 'function', function: { name: 'weather', description: 'Tells it.', parameters: schema } };
const refusal = (code: string, param: string) => expect.objectContaining({ code, param }) as SallyportError;

describe('settings for chat', () => {
  it('names the upstream’s model and sends no more than was asked', () => {
    expect(translate({})).toEqual({
      sent: 'gpt-4o',
      messages: [{ role: 'user', content: 'Hi' }],
      settings: {},
      dropped: [],
    });
  });

  it.each<[string, JsonObject, Options, JsonObject, string[]]>([
    [
      'custom tool, schema whole',
      { tools: [{ ...tool, type: 'custom', cache_control: {}, strict: true }] },
      {},
      { tools: [{ type: 'function', function: { ...sentTool.function, strict: true } }] },
      [],
    ],
    [
      'no description, no schema, other members',
      { tools: [{ name: 'f', type: null, description: null, input_examples: [{}] }] },
      {},
      { tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }] },
      ['tools.0.input_examples'],
    ],
    [
      'server tool with drop_params',
      { tools: [{ type: 'web_search_20250305', name: 'web_search' }, tool], tool_choice: { type: 'auto' } },
      { dropParams: true },
      { tools: [sentTool], tool_choice: 'auto' },
      ['tools.0'],
    ],
    [
      'choice of a server tool with drop_params',
      { tools: [{ type: 'bash_20250124', name: 'bash' }, tool], tool_choice: { type: 'tool', name: 'bash' } },
      { dropParams: true },
      { tools: [sentTool] },
      ['tools.0', 'tool_choice'],
    ],
    [
      'no tools left with drop_params',
      {
        tools: [{ type: 'bash_20250124', name: 'bash' }],
        tool_choice: { type: 'any', disable_parallel_tool_use: true },
      },
      { dropParams: true },
      {},
      ['tools.0'],
    ],
    ['empty tools', { tools: [], tool_choice: { type: 'auto' } }, {}, {}, []],
    ['auto', { tools: [tool], tool_choice: { type: 'auto' } }, {}, { tools: [sentTool], tool_choice: 'auto' }, []],
    ['any', { tools: [tool], tool_choice: { type: 'any' } }, {}, { tools: [sentTool], tool_choice: 'required' }, []],
    ['none', { tools: [tool], tool_choice: { type: 'none' } }, {}, { tools: [sentTool], tool_choice: 'none' }, []],
    [
      'tool',
      { tools: [tool], tool_choice: { type: 'tool', name: 'weather' } },
      {},
      { tools: [sentTool], tool_choice: { type: 'function', function: { name: 'weather' } } },
      [],
    ],
    [
      'one call at a time',
      { tools: [tool], tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
      {},
      { tools: [sentTool], tool_choice: 'auto', parallel_tool_calls: false },
      [],
    ],
    [
      'several calls',
      { tools: [tool], tool_choice: { type: 'any', disable_parallel_tool_use: false } },
      {},
      { tools: [sentTool], tool_choice: 'required' },
      [],
    ],
    ['limit', { max_tokens: 7 }, {}, { max_tokens: 7 }, []],
    [
      'limit of OpenAI itself',
      { max_tokens: 7 },
      { tokenLimitField: 'max_completion_tokens' },
      { max_completion_tokens: 7 },
      [],
    ],
    ['four stops', { stop_sequences: ['a', 'b', 'c', 'd'] }, {}, { stop: ['a', 'b', 'c', 'd'] }, []],
    ['no stops', { stop_sequences: [] }, {}, {}, []],
    [
      'five stops with drop_params',
      { stop_sequences: ['a', 'b', 'c', 'd', 'e'] },
      { dropParams: true },
      { stop: ['a', 'b', 'c', 'd'] },
      ['stop_sequences'],
    ],
    ['zeros', { temperature: 0, top_p: 0 }, {}, { temperature: 0, top_p: 0 }, []],
    ['nulls', { temperature: null, top_p: null, system: null, tools: null, thinking: null }, {}, {}, []],
    ['reasoning model', { temperature: 0, top_p: 1 }, { model: 'o3' }, {}, ['temperature', 'top_p']],
    ['reasoning model at 1', { temperature: 1 }, { model: 'openai/gpt-5' }, { temperature: 1 }, []],
    ['top_k', { top_k: 5 }, {}, {}, ['top_k']],
    ['top_k for vLLM', { top_k: 5 }, { takesTopK: true }, { top_k: 5 }, []],
    ['short user', { metadata: { user_id: 'u'.repeat(64) } }, {}, { user: 'u'.repeat(64) }, []],
    [
      'long user',
      { metadata: { user_id: 'u'.repeat(65) } },
      {},
      { user: 'f20e249d15fa4b9f44ba21d154f62e1efa76ddfdce5d25139a33a4787cee5a8b' },
      [],
    ],
    ['other metadata', { metadata: { user_id: null, team: 'x' } }, {}, {}, ['metadata.team']],
    ['high', { thinking: { type: 'enabled', budget_tokens: 10_000 } }, {}, { reasoning_effort: 'high' }, []],
    ['medium', { thinking: { type: 'enabled', budget_tokens: 9_999 } }, {}, { reasoning_effort: 'medium' }, []],
    ['low', { thinking: { type: 'enabled', budget_tokens: 4_999 } }, {}, { reasoning_effort: 'low' }, []],
    ['minimal', { thinking: { type: 'enabled', budget_tokens: 1_024 } }, {}, { reasoning_effort: 'minimal' }, []],
    ['adaptive', { thinking: { type: 'adaptive', display: 'summarized' } }, {}, {}, []],
    ['disabled', { thinking: { type: 'disabled' } }, {}, {}, []],
    [
      'effort wins',
      { thinking: { type: 'enabled', budget_tokens: 99_999 }, output_config: { effort: 'low' } },
      {},
      { reasoning_effort: 'low' },
      [],
    ],
    ['xhigh', { output_config: { effort: 'xhigh' } }, {}, { reasoning_effort: 'high' }, []],
    ['max', { output_config: { effort: 'max' } }, {}, { reasoning_effort: 'high' }, []],
    ['no effort', { output_config: { effort: null, task_budget: {} } }, {}, {}, ['output_config.task_budget']],
    ['unknown', { output_config: { effort: 'heroic' } }, {}, {}, ['output_config.effort']],
    [
      'schema',
      { output_config: { format: { type: 'json_schema', schema } } },
      {},
      { response_format: { type: 'json_schema', json_schema: { name: 'response', schema, strict: true } } },
      [],
    ],
    [
      'schema in the older field',
      { output_format: { type: 'json_schema', schema } },
      {},
      { response_format: { type: 'json_schema', json_schema: { name: 'response', schema, strict: true } } },
      [],
    ],
    ['stream', { stream: true }, {}, { stream: true, stream_options: { include_usage: true } }, []],
    ['stream without options', { stream: true }, { takesStreamOptions: false }, { stream: true }, []],
    ['no stream', { stream: false }, {}, {}, []],
    [
      'values that ask for nothing',
      { service_tier: 'auto', context_management: {}, mcp_servers: [], cache_control: { type: 'ephemeral' } },
      {},
      {},
      [],
    ],
    [
      'Anthropic’s own',
      { service_tier: 'standard_only', container: 'c', context_management: { edits: [] }, inference_geo: 'eu' },
      {},
      {},
      ['service_tier', 'container', 'context_management', 'inference_geo'],
    ],
    ['an unknown field', { novelty: 1, cache_control: {} }, {}, {}, ['novelty']],
    ['a new thread', { thread: { type: 'create' } }, {}, {}, []],
  ])('%s', (_, fields, options, settings, dropped) => {
    const translated = translate(fields, options);
    expect(translated.settings).toStrictEqual(settings);
    expect(translated.dropped).toEqual(dropped);
  });

  it.each<[string, JsonObject, string]>([
    ['a server tool', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, 'tools.0'],
    ['a later server tool', { tools: [tool, { type: 'oracle_20300101', name: 'oracle' }] }, 'tools.1'],
    ['an unknown choice', { tools: [tool], tool_choice: { type: 'dice' } }, 'tool_choice'],
    ['a tool that is not there', { tools: [tool], tool_choice: { type: 'tool', name: 'f' } }, 'tool_choice'],
    ['five stops', { stop_sequences: ['a', 'b', 'c', 'd', 'e'] }, 'stop_sequences'],
    ['another format', { output_config: { format: { type: 'grammar' } } }, 'output_config.format'],
    ['a summary instead of an answer', { compaction: { type: 'summarize' } }, 'compaction'],
  ])('refuses %s', (_, fields, param) => {
    expect(() => translate(fields)).toThrow(refusal('dialect_unsupported', param));
    expect(translate(fields, { dropParams: true }).dropped).toEqual([param]);
  });

  it('forbids a conversation that only Anthropic holds', () => {
    const fields = { thread: { type: 'continue', previous_message_id: 'msg_1' } };
    expect(() => translate(fields, { dropParams: true })).toThrow(refusal('dialect_unsupported', 'thread'));
  });

  it.each<[JsonObject, string]>([
    [{ system: 1 }, 'system'],
    [{ system: [{ type: 'text' }] }, 'system.0.text'],
    [{ max_tokens: '7' }, 'max_tokens'],
    [{ temperature: 'hot' }, 'temperature'],
    [{ top_p: [] }, 'top_p'],
    [{ top_k: {} }, 'top_k'],
    [{ stop_sequences: 'a' }, 'stop_sequences'],
    [{ stop_sequences: ['a', 1] }, 'stop_sequences.1'],
    [{ tools: {} }, 'tools'],
    [{ tools: [null] }, 'tools.0'],
    [{ tools: [{}] }, 'tools.0.name'],
    [{ tools: [{ name: 'f', input_schema: 'x' }] }, 'tools.0.input_schema'],
    [{ tools: [{ name: 'f', description: {} }] }, 'tools.0.description'],
    [{ tools: [{ name: 'f', strict: 1 }] }, 'tools.0.strict'],
    [{ tools: [tool], tool_choice: 'auto' }, 'tool_choice'],
    [{ tools: [tool], tool_choice: {} }, 'tool_choice.type'],
    [{ tools: [tool], tool_choice: { type: 'tool' } }, 'tool_choice.name'],
    [{ metadata: 'me' }, 'metadata'],
    [{ metadata: { user_id: 7 } }, 'metadata.user_id'],
    [{ thinking: true }, 'thinking'],
    [{ thinking: { type: 'enabled' } }, 'thinking.budget_tokens'],
    [{ output_config: [] }, 'output_config'],
    [{ output_config: { effort: 5 } }, 'output_config.effort'],
    [{ output_config: { format: { type: 'json_schema' } } }, 'output_config.format.schema'],
    [{ output_format: { type: 'json_schema', schema: [] } }, 'output_format.schema'],
  ])('refuses the malformed %j', (fields, param) => {
    expect(() => translate(fields)).toThrow(refusal('invalid_request', param));
  });
});
