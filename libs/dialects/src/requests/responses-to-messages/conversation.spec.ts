import type { JsonObject } from '../../json/json-value';
import {
  PDF,
  pdf,
  image,
  inputImage,
  translate,
  call,
  output,
  toolUse,
  toolResult,
  text,
  user,
  said,
  part,
} from './conversation.fixture';

describe('turns', () => {
  it.each<[string, unknown, JsonObject, string | object[] | undefined, object[]]>([
    ['a text', 'Hello', {}, undefined, [{ role: 'user', content: 'Hello' }]],
    ['instructions', 'Hello', { instructions: 'Be kind' }, 'Be kind', [{ role: 'user', content: 'Hello' }]],
    [
      'instructions stand before what developers say, wherever they say it',
      [{ role: 'developer', content: 'A' }, user, { role: 'system', content: [{ type: 'input_text', text: 'B' }] }],
      { instructions: 'I' },
      [text('I'), text('A'), text('B')],
      [user],
    ],
    [
      'instructions alone are what the user says',
      undefined,
      { instructions: 'Go' },
      undefined,
      [{ role: 'user', content: 'Go' }],
    ],
    [
      'so is the last of several',
      [{ role: 'developer', content: 'Go' }],
      { instructions: 'I' },
      'I',
      [{ role: 'user', content: 'Go' }],
    ],
    [
      'empty texts are left out',
      [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: '' },
            { type: 'input_text', text: 'Hi' },
          ],
        },
        said(''),
        { role: 'developer', content: ' ' },
      ],
      { instructions: '' },
      undefined,
      [user],
    ],
    [
      'neighbours of one role are one turn',
      [user, { role: 'user', content: 'You' }, said('A'), said('B'), user],
      {},
      undefined,
      [
        { role: 'user', content: [text('Hi'), text('You')] },
        { role: 'assistant', content: [text('A'), text('B')] },
        user,
      ],
    ],
    [
      'a refusal is text',
      [user, { role: 'assistant', content: [{ type: 'refusal', refusal: 'No' }] }],
      {},
      undefined,
      [user, { role: 'assistant', content: 'No' }],
    ],
    ['an image with content', [part(inputImage)], {}, undefined, [{ role: 'user', content: [image] }]],
    [
      'an image with an address',
      [part({ type: 'input_image', image_url: 'https://x/a.png', detail: null })],
      {},
      undefined,
      [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://x/a.png' } }] }],
    ],
    [
      'a PDF given as image',
      [part({ type: 'input_image', image_url: PDF })],
      {},
      undefined,
      [{ role: 'user', content: [{ type: 'document', source: pdf }] }],
    ],
    [
      'a PDF',
      [part({ type: 'input_file', filename: 'a.pdf', file_data: PDF })],
      {},
      undefined,
      [{ role: 'user', content: [{ type: 'document', source: pdf, title: 'a.pdf' }] }],
    ],
    [
      'bare content',
      [part({ type: 'input_file', file_data: 'JVBERg==' })],
      {},
      undefined,
      [{ role: 'user', content: [{ type: 'document', source: pdf }] }],
    ],
    [
      'a file with an address',
      [part({ type: 'input_file', file_url: 'https://x/a.pdf', file_id: null })],
      {},
      undefined,
      [{ role: 'user', content: [{ type: 'document', source: { type: 'url', url: 'https://x/a.pdf' } }] }],
    ],
  ])('%s', (_, input, more, system, messages) => {
    expect(translate(input, more)).toEqual({ system, messages, thinking: undefined, dropped: [] });
  });

  it.each<[string, unknown, string]>([
    [
      'an image that Claude does not know',
      [part({ type: 'input_image', image_url: 'data:image/svg+xml;base64,aGk=' })],
      'input.0.content.0.image_url',
    ],
    [
      'text given as image',
      [part({ type: 'input_image', image_url: 'data:text/plain;base64,aGk=' })],
      'input.0.content.0.image_url',
    ],
    [
      'a file that Claude does not know',
      [part({ type: 'input_file', file_data: 'data:application/zip;base64,aGk=' })],
      'input.0.content.0.file_data',
    ],
    ['arguments that are no JSON', [call('c1', '{"a')], 'input.0.arguments'],
    ['arguments that are no object', [call('c1', '[]')], 'input.0.arguments'],
    ['an input without a message', [said(' ')], 'input'],
    ['no input', undefined, 'input'],
  ])('names what Anthropic would refuse: %s', (_, input, param) => {
    expect(() => translate(input)).toThrow(expect.objectContaining({ code: 'invalid_request', param }) as Error);
  });

  it('refuses audio', () => {
    const audio = part({ type: 'input_audio', input_audio: { data: 'aGk=', format: 'wav' } });
    expect(() => translate([audio])).toThrow(
      expect.objectContaining({ code: 'dialect_unsupported', param: 'input.0.content.0' }) as Error,
    );
  });

  it('drops and reports the detail of an image', () => {
    const { messages, dropped } = translate([part({ ...inputImage, detail: 'high' })]);
    expect(messages).toEqual([{ role: 'user', content: [image] }]);
    expect(dropped).toEqual(['input.0.content.0.detail']);
  });
});

describe('calls and results', () => {
  it.each<[string, unknown[], object[]]>([
    [
      'calls with the text before them, results in one turn before what the user says',
      [user, said('Look'), call('c1'), call('c2'), output('c1'), output('c2'), user],
      [
        user,
        { role: 'assistant', content: [text('Look'), toolUse('c1'), toolUse('c2')] },
        { role: 'user', content: [toolResult('c1'), toolResult('c2'), text('Hi')] },
      ],
    ],
    [
      'text behind calls goes before them',
      [user, call('c1'), said('There'), output('c1')],
      [
        user,
        { role: 'assistant', content: [text('There'), toolUse('c1')] },
        { role: 'user', content: [toolResult('c1')] },
      ],
    ],
    [
      'what stands between a call and its result goes behind the result',
      [user, call('c1'), { role: 'user', content: 'Wait' }, output('c1')],
      [
        user,
        { role: 'assistant', content: [toolUse('c1')] },
        { role: 'user', content: [toolResult('c1'), text('Wait')] },
      ],
    ],
    [
      'rounds stay apart',
      [call('c1'), output('c1'), call('c2'), output('c2')],
      [
        { role: 'assistant', content: [toolUse('c1')] },
        { role: 'user', content: [toolResult('c1')] },
        { role: 'assistant', content: [toolUse('c2')] },
        { role: 'user', content: [toolResult('c2')] },
      ],
    ],
    [
      'images and files stay inside a result',
      [
        call('c1'),
        output('c1', [{ type: 'input_text', text: 'A' }, inputImage, { type: 'input_file', file_data: PDF }]),
      ],
      [
        { role: 'assistant', content: [toolUse('c1')] },
        { role: 'user', content: [toolResult('c1', [text('A'), image, { type: 'document', source: pdf }])] },
      ],
    ],
    [
      'an empty result has no content',
      [call('c1'), output('c1', '')],
      [
        { role: 'assistant', content: [toolUse('c1')] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1' }] },
      ],
    ],
    ['a call without arguments', [call('c1', '')], [{ role: 'assistant', content: [toolUse('c1', {})] }]],
    [
      'a freeform call and its result',
      [
        { type: 'custom_tool_call', call_id: 'c1', name: 'look', input: 'a "b"' },
        { type: 'custom_tool_call_output', call_id: 'c1', output: [{ type: 'input_text', text: 'ok' }] },
      ],
      [
        { role: 'assistant', content: [toolUse('c1', { input: 'a "b"' })] },
        { role: 'user', content: [toolResult('c1', 'ok')] },
      ],
    ],
  ])('%s', (_, input, messages) => {
    expect(translate(input).messages).toEqual(messages);
  });

  it('rewrites odd ids on both sides alike', () => {
    const [first, second] = translate([call('f.x:0'), output('f.x:0')]).messages as { content: [JsonObject] }[];
    expect(first?.content[0].id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(second?.content[0].tool_use_id).toBe(first?.content[0].id);
  });
});
