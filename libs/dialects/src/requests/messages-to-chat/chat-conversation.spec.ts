import type { SallyportError } from '../../errors/sallyport-error';
import type { JsonObject } from '../../json/json-value';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS, type UpstreamTraits } from '../upstream-traits';
import { messagesToChat } from './messages-to-chat';

interface Chat {
  readonly messages: unknown;
  readonly dropped: string[];
}

function translate(request: JsonObject, traits: Partial<UpstreamTraits> = {}, model = 'gpt-4o'): Chat {
  const translation = new RequestTranslation(model, { ...DEFAULT_TRAITS, ...traits });
  const { body } = messagesToChat({ model: 'claude', max_tokens: 10, ...request }, translation);
  return { messages: body.messages, dropped: translation.dropped };
}

const user = (...content: unknown[]) => ({ role: 'user', content });
const assistant = (...content: unknown[]) => ({ role: 'assistant', content });
const text = (words: string) => ({ type: 'text', text: words });
const use = (id: string, input: unknown = {}) => ({ type: 'tool_use', id, name: `run_${id}`, input });
const result = (id: string, content?: unknown, more: object = {}) => ({
  type: 'tool_result',
  tool_use_id: id,
  ...(content !== undefined && { content }),
  ...more,
});
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } };
const imagePart = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBO' } };
const pdf = { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' } };
const pdfPart = { type: 'file', file: { filename: 'document.pdf', file_data: 'data:application/pdf;base64,JVBE' } };
const call = (id: string, args = '{}') => ({ id, type: 'function', function: { name: `run_${id}`, arguments: args } });
const calls = (...ids: string[]) => ({ role: 'assistant', content: null, tool_calls: ids.map((id) => call(id)) });
const answer = (id: string, content: string) => ({ role: 'tool', tool_call_id: id, content });

describe('messages for chat', () => {
  it.each<[string, JsonObject, unknown[]]>([
    ['system string', { system: 'Be brief.' }, [{ role: 'system', content: 'Be brief.' }]],
    ['empty system', { system: '' }, []],
    ['system of empty blocks', { system: [text('')] }, []],
    [
      'system blocks',
      { system: [{ ...text('One.'), cache_control: { type: 'ephemeral' } }, text('Two.')] },
      [{ role: 'system', content: 'One.\n\nTwo.' }],
    ],
  ])('%s', (_, request, expected) => {
    const { messages } = translate({ ...request, messages: [{ role: 'user', content: 'Hi' }] });
    expect(messages).toEqual([...expected, { role: 'user', content: 'Hi' }]);
  });

  it('speaks to reasoning models in the role developer', () => {
    const messages = [{ role: 'system', content: 'Later.' }];
    expect(translate({ system: 'First.', messages }, {}, 'openai/o3-mini').messages).toEqual([
      { role: 'developer', content: 'First.' },
      { role: 'developer', content: 'Later.' },
    ]);
  });

  it.each<[string, unknown[], unknown[]]>([
    [
      'system turn at its place',
      [user(text('a')), { role: 'system', content: [text('b'), text('c')] }, user(text('d'))],
      [
        { role: 'user', content: 'a' },
        { role: 'system', content: 'b\n\nc' },
        { role: 'user', content: 'd' },
      ],
    ],
    ['string', [{ role: 'user', content: 'Hi' }], [{ role: 'user', content: 'Hi' }]],
    ['single text', [user({ ...text('Hi'), cache_control: {} })], [{ role: 'user', content: 'Hi' }]],
    [
      'order of texts and images',
      [user(text('a'), image, text('b'))],
      [{ role: 'user', content: [text('a'), imagePart, text('b')] }],
    ],
    ['empty turn', [user(), user(text('b'))], [{ role: 'user', content: 'b' }]],
    [
      'two user turns stay two',
      [user(text('a')), user(text('b'))],
      [
        { role: 'user', content: 'a' },
        { role: 'user', content: 'b' },
      ],
    ],
    [
      'text and calls in one message',
      [assistant(text('Let me '), text('see.'), use('a', { q: ['ü', 1] }), use('b'))],
      [{ role: 'assistant', content: 'Let me see.', tool_calls: [call('a', '{"q":["ü",1]}'), call('b')] }],
    ],
    ['no text', [assistant(use('a'))], [calls('a')]],
    ['empty text beside a call', [assistant(text(''), use('a'))], [calls('a')]],
    ['missing input', [assistant({ ...use('a'), input: null })], [calls('a')]],
    [
      'calls of adjacent turns',
      [assistant(use('a')), assistant(text('and'), use('b')), user(result('a', '1'), result('b', '2'))],
      [{ role: 'assistant', content: 'and', tool_calls: [call('a'), call('b')] }, answer('a', '1'), answer('b', '2')],
    ],
    [
      'results directly behind the calls, the rest after all of them',
      [assistant(use('a'), use('b')), user(text('so?'), result('b', 'two'), image, result('a', 'one'))],
      [calls('a', 'b'), answer('b', 'two'), answer('a', 'one'), { role: 'user', content: [text('so?'), imagePart] }],
    ],
    [
      'results of a later turn',
      [
        assistant(use('a'), use('b')),
        user(result('a', '1'), text('x')),
        { role: 'system', content: 's' },
        user(result('b', '2')),
        assistant(text('done')),
        user(text('y')),
      ],
      [
        calls('a', 'b'),
        answer('a', '1'),
        answer('b', '2'),
        { role: 'user', content: 'x' },
        { role: 'system', content: 's' },
        { role: 'assistant', content: 'done' },
        { role: 'user', content: 'y' },
      ],
    ],
    ['text blocks', [user(result('a', [text('one'), text('two')]))], [answer('a', 'one\ntwo')]],
    ['no content', [user(result('a'))], [answer('a', '')]],
    ['null content', [user(result('a', null))], [answer('a', '')]],
    ['name of a tool', [user(result('a', [{ type: 'tool_reference', tool_name: 'f' }]))], [answer('a', 'f')]],
    [
      'images and files of results are shown behind all results',
      [assistant(use('a'), use('b')), user(result('a', [text('shot'), image]), result('b', [pdf]), text('Look.'))],
      [
        calls('a', 'b'),
        answer('a', 'shot'),
        answer('b', ''),
        { role: 'user', content: [imagePart, pdfPart, text('Look.')] },
      ],
    ],
    ['error', [user(result('a', 'no file', { is_error: true }))], [answer('a', 'Error: no file')]],
    [
      'error in blocks',
      [user(result('a', [image, text('no'), text('file')], { is_error: true }))],
      [answer('a', 'Error: no\nfile'), { role: 'user', content: [imagePart] }],
    ],
    ['error without text', [user(result('a', '', { is_error: true }))], [answer('a', 'Error')]],
    ['no error', [user(result('a', 'fine', { is_error: false }))], [answer('a', 'fine')]],
    [
      'image by URL',
      [user({ type: 'image', source: { type: 'url', url: 'https://x/y.png' } })],
      [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x/y.png' } }] }],
    ],
    ['PDF', [user(pdf)], [{ role: 'user', content: [pdfPart] }]],
    [
      'PDF with a title and context',
      [user({ ...pdf, title: 'q3.pdf', context: 'Draft.' })],
      [{ role: 'user', content: [text('Draft.'), { type: 'file', file: { ...pdfPart.file, filename: 'q3.pdf' } }] }],
    ],
    [
      'text document',
      [user({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'words' } })],
      [{ role: 'user', content: 'words' }],
    ],
    [
      'document of blocks',
      [user({ type: 'document', source: { type: 'content', content: [text('p1'), image] } })],
      [{ role: 'user', content: [text('p1'), imagePart] }],
    ],
    [
      'search result',
      [user({ type: 'search_result', title: 'T', source: 'https://x', content: [text('one'), text('two')] })],
      [{ role: 'user', content: 'T\nhttps://x\none\ntwo' }],
    ],
    ['compaction', [user({ type: 'compaction', content: 'So far.' })], [{ role: 'user', content: 'So far.' }]],
    ['failed compaction', [assistant({ type: 'compaction', content: null })], []],
    [
      'long and odd ids on both sides',
      [assistant({ ...use('a'), id: 'f:0' }), user(result('f:0', '1'))],
      [
        { ...calls('a'), tool_calls: [{ ...call('a'), id: expect.stringMatching(/^f_0_[0-9a-f]{16}$/) as string }] },
        { ...answer('a', '1'), tool_call_id: expect.stringMatching(/^f_0_[0-9a-f]{16}$/) as string },
      ],
    ],
  ])('%s', (_, messages, expected) => {
    const translated = translate({ messages });
    expect(translated.messages).toEqual(expected);
    expect(translated.dropped).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['thinking', { type: 'thinking', thinking: 'hm', signature: 's' }],
    ['redacted thinking', { type: 'redacted_thinking', data: 'x' }],
  ])('leaves %s out without a word', (_, block) => {
    expect(translate({ messages: [assistant(block, text('said')), assistant(block)] })).toEqual({
      messages: [{ role: 'assistant', content: 'said' }],
      dropped: [],
    });
  });

  it.each<[string, unknown, string]>([
    ['server tool', { type: 'server_tool_use', id: 'x', name: 'web_search', input: {} }, 'messages.0.content.0'],
    ['its result', { type: 'web_search_tool_result', tool_use_id: 'x', content: [] }, 'messages.0.content.0'],
    ['an unknown block', { type: 'hologram', text: 'boo' }, 'messages.0.content.0'],
  ])('drops %s and says so', (_, block, path) => {
    const { messages, dropped } = translate({ messages: [assistant(block, text('said')), assistant(block)] });
    expect(messages).toEqual([{ role: 'assistant', content: 'said' }]);
    expect(dropped).toEqual([path, 'messages.1.content.0']);
  });

  it.each(['reasoning_content', 'reasoning'] as const)('puts thinking into %s where it is read', (field) => {
    const thinking = (words: string) => ({ type: 'thinking', thinking: words, signature: 's' });
    const messages = [assistant(thinking('a'), thinking('b'), use('x')), assistant(thinking('c'))];
    expect(translate({ messages }, { reasoningField: field })).toEqual({
      messages: [{ ...calls('x'), [field]: 'a\n\nb\n\nc' }],
      dropped: [],
    });
  });

  it('says that the title of a text is left out', () => {
    const source = { type: 'text', media_type: 'text/plain', data: 'words' };
    const messages = [user({ type: 'document', title: 'T', source })];
    expect(translate({ messages }).dropped).toEqual(['messages.0.content.0.title']);
  });

  it.each<[string, unknown, string]>([
    ['image file', { type: 'image', source: { type: 'file', file_id: 'f' } }, 'messages.0.content.0.source'],
    ['unknown image source', { type: 'image', source: { type: 'magnet' } }, 'messages.0.content.0.source'],
    ['document URL', { type: 'document', source: { type: 'url', url: 'u' } }, 'messages.0.content.0.source'],
    ['document file', { type: 'document', source: { type: 'file', file_id: 'f' } }, 'messages.0.content.0.source'],
    ['unknown block', { type: 'hologram', text: 'boo' }, 'messages.0.content.0'],
    ['unknown block in a result', result('a', [{ type: 'hologram' }]), 'messages.0.content.0.content.0'],
    ['container upload', { type: 'container_upload', file_id: 'f' }, 'messages.0.content.0'],
    [
      'image file in a result',
      result('a', [{ type: 'image', source: { type: 'file' } }]),
      'messages.0.content.0.content.0.source',
    ],
  ])('refuses %s unless drop_params', (_, block, path) => {
    const messages = [user(block, text('kept'))];
    expect(() => translate({ messages })).toThrow(
      expect.objectContaining({ code: 'dialect_unsupported', param: path }) as SallyportError,
    );
    const lenient = translate({ messages }, { dropParams: true });
    expect(lenient.dropped).toEqual([path]);
    expect(lenient.messages).toContainEqual({ role: 'user', content: 'kept' });
  });

  it('keeps a long conversation in order', () => {
    const rounds = Array.from({ length: 2_000 }, (_, n) => `c${n}`);
    const messages = rounds.flatMap((id) => [user(text(id)), assistant(use(id)), user(result(id, id))]);
    expect(translate({ messages }).messages).toEqual(
      rounds.flatMap((id) => [{ role: 'user', content: id }, calls(id), answer(id, id)]),
    );
  });
});
