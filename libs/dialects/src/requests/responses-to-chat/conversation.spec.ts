import type { JsonObject } from '../../json/json-value';
import { PNG, PDF, messagesOf, call, output, toolCall, user, said, reasoning } from './conversation.fixture';

describe('messages', () => {
  it.each<[string, unknown, JsonObject, unknown[]]>([
    ['a text', 'Hello', {}, [{ role: 'user', content: 'Hello' }]],
    ['instructions come first', [user], { instructions: 'Be kind' }, [{ role: 'system', content: 'Be kind' }, user]],
    ['empty instructions are nothing', [user], { instructions: '' }, [user]],
    ['instructions alone', undefined, { instructions: 'Go' }, [{ role: 'system', content: 'Go' }]],
    ['an item without a type', [{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }], {}, [user]],
    [
      'developer is system, in its place',
      [
        user,
        {
          type: 'message',
          role: 'developer',
          content: [
            { type: 'input_text', text: 'A' },
            { type: 'input_text', text: 'B' },
          ],
        },
      ],
      {},
      [user, { role: 'system', content: 'A\n\nB' }],
    ],
    [
      'several parts stay in order',
      [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'A' },
            { type: 'input_image', image_url: PNG },
            { type: 'input_text', text: 'B' },
          ],
        },
      ],
      {},
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'A' },
            { type: 'image_url', image_url: { url: PNG } },
            { type: 'text', text: 'B' },
          ],
        },
      ],
    ],
    [
      'an image keeps its detail',
      [
        {
          role: 'user',
          content: [{ type: 'input_image', image_url: 'https://x/a.png', detail: 'low', file_id: 'file_1' }],
        },
      ],
      {},
      [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x/a.png', detail: 'low' } }] }],
    ],
    [
      'a file with its content',
      [{ role: 'user', content: [{ type: 'input_file', filename: 'a.pdf', file_data: PDF }] }],
      {},
      [{ role: 'user', content: [{ type: 'file', file: { filename: 'a.pdf', file_data: PDF } }] }],
    ],
    [
      'audio',
      [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'aGk=', format: 'wav' } }] }],
      {},
      [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'aGk=', format: 'wav' } }] }],
    ],
    [
      'what the assistant said and refused',
      [
        user,
        {
          role: 'assistant',
          content: [
            { type: 'output_text', text: 'A' },
            { type: 'refusal', refusal: 'No' },
          ],
        },
      ],
      {},
      [user, { role: 'assistant', content: 'ANo' }],
    ],
    ['an assistant that said nothing is left out', [user, said('')], {}, [user]],
    [
      'two messages of the assistant stay two',
      [said('A'), said('B')],
      {},
      [
        { role: 'assistant', content: 'A' },
        { role: 'assistant', content: 'B' },
      ],
    ],
  ])('%s', (_, input, more, messages) => {
    expect(messagesOf(input, more)).toEqual({ messages, dropped: [] });
  });

  it.each<[string, JsonObject]>([
    ['no input at all', { input: undefined }],
    ['an empty list', { input: [] }],
    ['an assistant that says nothing', { input: [said('')] }],
    ['reasoning only', { input: [reasoning] }],
  ])('names the input when it holds no message: %s', (_, request) => {
    expect(() => messagesOf(undefined, request)).toThrow(
      expect.objectContaining({ code: 'invalid_request', param: 'input' }) as Error,
    );
  });
});

describe('calls and results', () => {
  it.each<[string, unknown[], unknown[]]>([
    [
      'a run of calls joins the text before it',
      [user, said('Let me look'), call('c1'), call('c2'), output('c1'), output('c2')],
      [
        user,
        { role: 'assistant', content: 'Let me look', tool_calls: [toolCall('c1'), toolCall('c2')] },
        { role: 'tool', tool_call_id: 'c1', content: 'seen c1' },
        { role: 'tool', tool_call_id: 'c2', content: 'seen c2' },
      ],
    ],
    [
      'calls without text have null for content',
      [user, reasoning, call('c1'), reasoning, call('c2')],
      [user, { role: 'assistant', content: null, tool_calls: [toolCall('c1'), toolCall('c2')] }],
    ],
    [
      'rounds stay apart',
      [call('c1'), output('c1'), call('c2'), output('c2'), said('Done')],
      [
        { role: 'assistant', content: null, tool_calls: [toolCall('c1')] },
        { role: 'tool', tool_call_id: 'c1', content: 'seen c1' },
        { role: 'assistant', content: null, tool_calls: [toolCall('c2')] },
        { role: 'tool', tool_call_id: 'c2', content: 'seen c2' },
        { role: 'assistant', content: 'Done' },
      ],
    ],
    [
      'text behind the calls joins them',
      [call('c1'), said('There'), call('c2'), output('c1'), output('c2')],
      [
        { role: 'assistant', content: 'There', tool_calls: [toolCall('c1'), toolCall('c2')] },
        { role: 'tool', tool_call_id: 'c1', content: 'seen c1' },
        { role: 'tool', tool_call_id: 'c2', content: 'seen c2' },
      ],
    ],
    [
      'texts before and behind calls are one',
      [said('A'), call('c1'), said('B'), output('c1')],
      [
        { role: 'assistant', content: 'A\n\nB', tool_calls: [toolCall('c1')] },
        { role: 'tool', tool_call_id: 'c1', content: 'seen c1' },
      ],
    ],
    [
      'results stand directly behind their calls, in the order in which they came',
      [call('c1'), call('c2'), output('c2'), user, { role: 'developer', content: 'Note' }, output('c1')],
      [
        { role: 'assistant', content: null, tool_calls: [toolCall('c1'), toolCall('c2')] },
        { role: 'tool', tool_call_id: 'c2', content: 'seen c2' },
        { role: 'tool', tool_call_id: 'c1', content: 'seen c1' },
        user,
        { role: 'system', content: 'Note' },
      ],
    ],
    [
      'an id that is used again means the last call',
      [call('c1'), output('c1', 'A'), call('c1'), output('c1', 'B')],
      [
        { role: 'assistant', content: null, tool_calls: [toolCall('c1')] },
        { role: 'tool', tool_call_id: 'c1', content: 'A' },
        { role: 'assistant', content: null, tool_calls: [toolCall('c1')] },
        { role: 'tool', tool_call_id: 'c1', content: 'B' },
      ],
    ],
    [
      'texts of a result are joined, its images go to the user’s message behind all results',
      [
        call('c1'),
        call('c2'),
        output('c1', [
          { type: 'input_text', text: 'A' },
          { type: 'input_image', image_url: PNG },
          { type: 'input_text', text: 'B' },
        ]),
        output('c2', [{ type: 'input_file', filename: 'a.pdf', file_data: PDF }]),
        user,
      ],
      [
        { role: 'assistant', content: null, tool_calls: [toolCall('c1'), toolCall('c2')] },
        { role: 'tool', tool_call_id: 'c1', content: 'A\nB' },
        { role: 'tool', tool_call_id: 'c2', content: '' },
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: PNG } },
            { type: 'file', file: { filename: 'a.pdf', file_data: PDF } },
            { type: 'text', text: 'Hi' },
          ],
        },
      ],
    ],
    [
      'an image of the last result has a message of its own',
      [call('c1'), output('c1', [{ type: 'input_image', image_url: PNG }]), said('Nice')],
      [
        { role: 'assistant', content: null, tool_calls: [toolCall('c1')] },
        { role: 'tool', tool_call_id: 'c1', content: '' },
        { role: 'user', content: [{ type: 'image_url', image_url: { url: PNG } }] },
        { role: 'assistant', content: 'Nice' },
      ],
    ],
    [
      'a result without its call',
      [output('c1'), output('c2')],
      [
        { role: 'tool', tool_call_id: 'c1', content: 'seen c1' },
        { role: 'tool', tool_call_id: 'c2', content: 'seen c2' },
      ],
    ],
    [
      'a call without arguments',
      [call('c1', { arguments: '' })],
      [{ role: 'assistant', content: null, tool_calls: [toolCall('c1', '{}')] }],
    ],
    [
      'arguments that were cut off stay as they are',
      [call('c1', { arguments: '{"a' })],
      [{ role: 'assistant', content: null, tool_calls: [toolCall('c1', '{"a')] }],
    ],
    [
      'a freeform call and its result',
      [
        { type: 'custom_tool_call', call_id: 'c1', name: 'look', input: 'a "b"' },
        { type: 'custom_tool_call_output', call_id: 'c1', output: 'ok' },
      ],
      [
        { role: 'assistant', content: null, tool_calls: [toolCall('c1', '{"input":"a \\"b\\""}')] },
        { role: 'tool', tool_call_id: 'c1', content: 'ok' },
      ],
    ],
  ])('%s', (_, input, messages) => {
    expect(messagesOf(input).messages).toEqual(messages);
  });

  it('rewrites odd ids on both sides alike', () => {
    const [first, second] = messagesOf([call('f.x:0'), output('f.x:0')]).messages as JsonObject[];
    expect(second?.tool_call_id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(first).toMatchObject({ tool_calls: [{ id: second?.tool_call_id }] });
  });
});
