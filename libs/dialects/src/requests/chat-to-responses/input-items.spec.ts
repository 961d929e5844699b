import type { JsonObject } from '../../json/json-value';
import { sealReasoning } from '../../reply/sealed-reasoning';
import { safeToolCallId } from '../../reply/tool-call-id';
import { refusal } from '../refusal.fixture';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS } from '../upstream-traits';
import { chatToResponses } from './chat-to-responses';

function translate(request: JsonObject, { model = 'gpt-4.1', dropParams = false } = {}) {
  const translation = new RequestTranslation(model, { ...DEFAULT_TRAITS, dropParams });
  const messages = [{ role: 'user', content: 'Hi' }];
  const { body } = chatToResponses({ model: 'x', messages, ...request }, translation);
  return { body, dropped: translation.dropped };
}

const message = (role: string, content: unknown) => ({ type: 'message', role, content });

const call = (id: string, args = '{"a":1}') => ({ id, type: 'function', function: { name: 'f', arguments: args } });
const callItem = (call_id: string, args = '{"a":1}') => ({
  type: 'function_call',
  call_id,
  name: 'f',
  arguments: args,
});

describe('messages', () => {
  const odd = 'functions.f:0';

  it.each<[string, unknown[], unknown[]]>([
    [
      'system and developer stay messages',
      [
        { role: 'system', content: 'A' },
        { role: 'developer', content: [{ type: 'text', text: 'B' }] },
      ],
      [message('system', 'A'), message('developer', [{ type: 'input_text', text: 'B' }])],
    ],
    [
      'parts',
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look' },
            { type: 'image_url', image_url: { url: 'https://x.test/a.png', detail: 'low' } },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
            { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } },
            { type: 'file', file: { file_id: 'file-1' } },
          ],
        },
      ],
      [
        message('user', [
          { type: 'input_text', text: 'Look' },
          { type: 'input_image', image_url: 'https://x.test/a.png', detail: 'low' },
          { type: 'input_image', image_url: 'data:image/png;base64,AA==', detail: 'auto' },
          { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' },
          { type: 'input_file', file_id: 'file-1' },
        ]),
      ],
    ],
    [
      'text and calls of one message',
      [{ role: 'assistant', content: 'So', tool_calls: [call('a'), call('b', '')] }],
      [message('assistant', [{ type: 'output_text', text: 'So' }]), callItem('a'), callItem('b', '{}')],
    ],
    [
      'calls without text',
      [{ role: 'assistant', content: null, refusal: null, audio: null, tool_calls: [call('a')] }],
      [callItem('a')],
    ],
    [
      'results',
      [
        { role: 'assistant', content: '', tool_calls: [call('a'), call(odd)] },
        { role: 'tool', tool_call_id: 'a', content: '1' },
        { role: 'tool', tool_call_id: odd, content: [{ type: 'text', text: '2' }] },
      ],
      [
        callItem('a'),
        callItem(safeToolCallId(odd)),
        { type: 'function_call_output', call_id: 'a', output: '1' },
        { type: 'function_call_output', call_id: safeToolCallId(odd), output: [{ type: 'input_text', text: '2' }] },
      ],
    ],
    [
      'custom tools',
      [
        { role: 'assistant', tool_calls: [{ id: 'a', type: 'custom', custom: { name: 'c', input: 'x' } }] },
        { role: 'tool', tool_call_id: 'a', content: '1' },
      ],
      [
        { type: 'custom_tool_call', call_id: 'a', name: 'c', input: 'x' },
        { type: 'custom_tool_call_output', call_id: 'a', output: '1' },
      ],
    ],
    [
      'deprecated function_call',
      [
        { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"a":1}' } },
        { role: 'function', name: 'f', content: '1' },
      ],
      [callItem('call_messages_0'), { type: 'function_call_output', call_id: 'call_messages_0', output: '1' }],
    ],
    [
      'refusals',
      [{ role: 'assistant', content: [{ type: 'refusal', refusal: 'No' }], refusal: 'Never' }],
      [
        message('assistant', [
          { type: 'refusal', refusal: 'No' },
          { type: 'refusal', refusal: 'Never' },
        ]),
      ],
    ],
  ])('%s', (_, messages, input) => {
    expect(translate({ messages }).body['input']).toEqual(input);
  });

  it('reasoning comes back only to the kind of upstream that made it', () => {
    const reasoning = { id: 'rs_1', summary: [], encrypted_content: 'x' };
    const thinking_blocks = [
      { type: 'thinking', thinking: '', signature: sealReasoning('openai-responses', reasoning) },
      { type: 'thinking', thinking: 'Hm', signature: 'of another' },
    ];
    const { body, dropped } = translate({
      messages: [{ role: 'assistant', tool_calls: [call('a')], thinking_blocks }],
    });
    expect(body['input']).toEqual([{ type: 'reasoning', ...reasoning }, callItem('a')]);
    expect(dropped).toEqual([]);
  });

  it.each<[string, object]>([
    ['input_audio', { type: 'input_audio', input_audio: {} }],
    ['an unknown part', { type: 'hologram' }],
  ])('%s is refused, or left out with drop_params', (_, part) => {
    const request = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }, part] }] };
    expect(refusal(() => translate(request))).toMatchObject({
      code: 'dialect_unsupported',
      param: 'messages.0.content.1',
    });
    expect(translate(request, { dropParams: true }).body['input']).toEqual([
      message('user', [{ type: 'input_text', text: 'Hi' }]),
    ]);
  });

  it.each<[unknown, string]>([
    [{ role: 'user', content: [{ type: 'image_url' }] }, 'messages.0.content.0.image_url'],
    [{ role: 'user', content: [{ type: 'file', file: {} }] }, 'messages.0.content.0.file'],
    [{ role: 'assistant', tool_calls: [{ id: 1 }] }, 'messages.0.tool_calls.0.id'],
    [{ role: 'tool', content: 'x' }, 'messages.0.tool_call_id'],
    [{ role: 'function', content: 'x' }, 'messages.0'],
    ['Hi', 'messages.0'],
  ])('%j is refused by its path', (given, param) => {
    expect(refusal(() => translate({ messages: [given] }))).toMatchObject({ code: 'invalid_request', param });
  });
});
