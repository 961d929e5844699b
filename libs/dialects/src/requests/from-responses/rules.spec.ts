import type { JsonObject } from '../../json/json-value';
import { RequestTranslation } from '../request-translation';
import { responsesToChat } from '../responses-to-chat/responses-to-chat';
import { RESPONSES_TO_CHAT_RULES } from '../responses-to-chat/responses-to-chat.rules';
import { responsesToMessages } from '../responses-to-messages/responses-to-messages';
import { RESPONSES_TO_MESSAGES_RULES } from '../responses-to-messages/responses-to-messages.rules';
import { DEFAULT_TRAITS } from '../upstream-traits';
import { UNTRANSLATED_ITEMS } from './untranslated.rules';

const PAIRS = [
  { name: 'chat', translate: responsesToChat, rules: RESPONSES_TO_CHAT_RULES },
  { name: 'Messages', translate: responsesToMessages, rules: RESPONSES_TO_MESSAGES_RULES },
];
const user = { role: 'user', content: 'Hi' };
const withPart = (part: object, role = 'user') => ({ input: [user, { role, content: [part] }] });

describe.each(PAIRS)('a Responses request for $name', ({ translate, rules }) => {
  const run = (request: JsonObject, dropParams = false) => {
    const translation = new RequestTranslation('claude-sonnet-4-5', { ...DEFAULT_TRAITS, dropParams });
    const { body } = translate({ model: 'x', input: [user], ...request }, translation);
    return { body, dropped: translation.dropped };
  };
  const plain = run({}).body;

  it.each<[string, JsonObject, string]>([
    ['a hosted tool', { tools: [{ type: 'file_search' }] }, 'tools.0'],
    ['a search as choice', { tool_choice: { type: 'web_search' } }, 'tool_choice'],
    ['an unknown tool', { tools: [{ type: 'later' }], tool_choice: 'required' }, 'tools.0'],
    ['a hosted choice', { tool_choice: { type: 'file_search' } }, 'tool_choice'],
    [
      'allowed tools that are none',
      { tools: [{ type: 'function', name: 'f' }], tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [] } },
      'tool_choice',
    ],
    ['an unknown word as choice', { tool_choice: 'any' }, 'tool_choice'],
    ['an unknown format', { text: { format: { type: 'later' } } }, 'text.format'],
    ['moderation', { moderation: { model: 'm' } }, 'moderation'],
    ['an image by id', withPart({ type: 'input_image', file_id: 'file_1' }), 'input.1.content.0'],
    ['a file by id', withPart({ type: 'input_file', file_id: 'file_1' }), 'input.1.content.0'],
    ['an unknown part', withPart({ type: 'input_video' }), 'input.1.content.0'],
    [
      'an image of the system',
      withPart({ type: 'input_image', image_url: 'https://x/y' }, 'system'),
      'input.1.content.0',
    ],
    ['an unknown part of the assistant', withPart({ type: 'later' }, 'assistant'), 'input.1.content.0'],
    [
      'tools within the conversation',
      { input: [user, { type: 'additional_tools', role: 'developer', tools: [] }] },
      'input.1',
    ],
  ])('refuses %s, or leaves it out with drop_params', (_, request, param) => {
    expect(() => run(request)).toThrow(expect.objectContaining({ code: 'dialect_unsupported', param }) as Error);
    const { body, dropped } = run(request, true);
    expect(dropped).toEqual([param]);
    expect({ ...body, messages: undefined }).toEqual({ ...plain, messages: undefined });
  });

  it('lets a model do without a search that is only offered, and says so', () => {
    const { body, dropped } = run({ tools: [{ type: 'web_search' }], tool_choice: 'auto' });
    expect([body, dropped]).toEqual([plain, ['tools.0']]);
  });

  it.each<[string, JsonObject, string]>([
    ['previous_response_id', { previous_response_id: 'resp_1' }, 'previous_response_id'],
    ['conversation', { conversation: { id: 'conv_1' } }, 'conversation'],
    ['background', { background: true }, 'background'],
    ['a prompt kept elsewhere', { prompt: { id: 'pmpt_1' } }, 'prompt'],
    ['an item kept elsewhere', { input: [user, { type: 'item_reference', id: 'msg_1' }] }, 'input.1'],
    ['an item kept elsewhere, without a type', { input: [user, { id: 'msg_1' }] }, 'input.1'],
    ['a compacted conversation', { input: [{ type: 'compaction', encrypted_content: 'x' }, user] }, 'input.0'],
  ])('refuses %s, whatever drop_params says', (_, request, param) => {
    for (const dropParams of [false, true]) {
      expect(() => run(request, dropParams)).toThrow(
        expect.objectContaining({ code: 'dialect_unsupported', param }) as Error,
      );
    }
  });

  const droppedItems = Object.keys(UNTRANSLATED_ITEMS).filter((kind) => UNTRANSLATED_ITEMS[kind]?.fate === 'dropped');
  it.each(droppedItems)('leaves out and reports the item of a hosted tool: %s', (kind) => {
    expect(run({ input: [{ type: kind.replace('item: ', ''), id: 'x' }, user] })).toEqual({
      body: plain,
      dropped: ['input.0'],
    });
  });

  it.each<[string, JsonObject, string]>([
    ['an input that is neither text nor list', { input: 7 }, 'input'],
    ['an item that is no object', { input: ['Hi'] }, 'input.0'],
    ['an item whose type is no text', { input: [{ type: 7 }] }, 'input.0.type'],
    ['an item without type and role', { input: [{}] }, 'input.0.role'],
    ['an unknown role', { input: [{ role: 'critic', content: 'x' }] }, 'input.0.role'],
    ['content that is neither text nor list', { input: [{ role: 'user', content: 7 }] }, 'input.0.content'],
    ['a part that is no object', { input: [{ role: 'user', content: ['x'] }] }, 'input.0.content.0'],
    ['a part of the system that is no object', { input: [{ role: 'system', content: ['x'] }] }, 'input.0.content.0'],
    [
      'a text part without text',
      { input: [{ role: 'user', content: [{ type: 'input_text' }] }] },
      'input.0.content.0.text',
    ],
    [
      'an image without address',
      { input: [{ role: 'user', content: [{ type: 'input_image' }] }] },
      'input.0.content.0.image_url',
    ],
    [
      'an image with an odd address',
      { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'x' }] }] },
      'input.0.content.0.image_url',
    ],
    ['a file without content', { input: [{ role: 'user', content: [{ type: 'input_file' }] }] }, 'input.0.content.0'],
    [
      'a file with an odd address',
      { input: [{ role: 'user', content: [{ type: 'input_file', file_url: 's3://x' }] }] },
      'input.0.content.0.file_url',
    ],
    [
      'a file whose content is no text',
      { input: [{ role: 'user', content: [{ type: 'input_file', file_data: 7 }] }] },
      'input.0.content.0.file_data',
    ],
    ['a call without an id', { input: [{ type: 'function_call', name: 'f', arguments: '{}' }] }, 'input.0.call_id'],
    ['a call without a name', { input: [{ type: 'function_call', call_id: 'c', arguments: '{}' }] }, 'input.0.name'],
    [
      'arguments that are no text',
      { input: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: {} }] },
      'input.0.arguments',
    ],
    [
      'a freeform call without input',
      { input: [{ type: 'custom_tool_call', call_id: 'c', name: 'f' }] },
      'input.0.input',
    ],
    ['a result without an id', { input: [{ type: 'function_call_output', output: 'x' }] }, 'input.0.call_id'],
    [
      'a result that is neither text nor list',
      { input: [{ type: 'function_call_output', call_id: 'c', output: 7 }] },
      'input.0.output',
    ],
    ['tools that are no list', { tools: 'look' }, 'tools'],
    ['a tool that is no object', { tools: [7] }, 'tools.0'],
    ['a tool without a type', { tools: [{ name: 'f' }] }, 'tools.0.type'],
    ['a tool without a name', { tools: [{ type: 'function' }] }, 'tools.0.name'],
    [
      'parameters that are no object',
      { tools: [{ type: 'function', name: 'f', parameters: [] }] },
      'tools.0.parameters',
    ],
    ['strict that is no flag', { tools: [{ type: 'function', name: 'f', strict: 1 }] }, 'tools.0.strict'],
    ['an empty name of a tool', { tools: [{ type: 'function', name: '' }] }, 'tools.0.name'],
    ['a choice without a type', { tool_choice: {} }, 'tool_choice.type'],
    ['a choice without a name', { tool_choice: { type: 'function' } }, 'tool_choice.name'],
    ['an unknown mode', { tool_choice: { type: 'allowed_tools', mode: 'x', tools: [] } }, 'tool_choice.mode'],
    ['allowed tools that are no list', { tool_choice: { type: 'allowed_tools' } }, 'tool_choice.tools'],
    ['parallel_tool_calls that is no flag', { parallel_tool_calls: 1 }, 'parallel_tool_calls'],
    ['a limit that is no number', { max_output_tokens: '7' }, 'max_output_tokens'],
    ['a temperature that is no number', { temperature: '1' }, 'temperature'],
    ['instructions that are no text', { instructions: [] }, 'instructions'],
    ['text that is no object', { text: 'json' }, 'text'],
    ['a format without a type', { text: { format: {} } }, 'text.format.type'],
    ['a schema without a name', { text: { format: { type: 'json_schema', schema: {} } } }, 'text.format.name'],
    ['a format without a schema', { text: { format: { type: 'json_schema', name: 'n' } } }, 'text.format.schema'],
    ['reasoning that is no object', { reasoning: 'high' }, 'reasoning'],
    ['an effort that is no text', { reasoning: { effort: 7 } }, 'reasoning.effort'],
    ['a user that is no text', { user: 7 }, 'user'],
    ['a stream flag that is no flag', { stream: 'yes' }, 'stream'],
  ])('names what is malformed: %s', (_, request, param) => {
    expect(() => run(request)).toThrow(expect.objectContaining({ code: 'invalid_request', param }) as Error);
  });

  it('has a rule for every field of the official request', () => {
    const official =
      'access_programs background context_management conversation image include input instructions max_output_tokens ' +
      'max_tool_calls metadata model moderation parallel_tool_calls previous_response_id prompt prompt_cache_key ' +
      'prompt_cache_options prompt_cache_retention reasoning safety_identifier service_tier store stream ' +
      'stream_options temperature text tool_choice tools top_logprobs top_p truncation user';
    expect(official.split(' ').filter((field) => !Object.hasOwn(rules.fields, field))).toEqual([]);
  });
});
