import type { SallyportError } from '../../errors/sallyport-error';
import type { JsonObject } from '../../json/json-value';
import { sealReasoning } from '../../reply/sealed-reasoning';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS } from '../upstream-traits';
import { messagesToResponses } from './messages-to-responses';

interface Options {
  readonly model?: string;
  readonly dropParams?: boolean;
}

function translate(fields: JsonObject, { model = 'gpt-4o', dropParams = false }: Options = {}) {
  const translation = new RequestTranslation(model, { ...DEFAULT_TRAITS, dropParams });
  const { body } = messagesToResponses({ model: 'claude', messages: [], ...fields }, translation);
  const { model: sent, input, store, ...settings } = body;
  return { sent, input, store, settings, dropped: translation.dropped };
}

const user = (...content: unknown[]) => ({ role: 'user', content });
const assistant = (...content: unknown[]) => ({ role: 'assistant', content });
const text = (words: string) => ({ type: 'text', text: words });
const message = (role: string, ...content: unknown[]) => ({ type: 'message', role, content });
const input = (words: string) => ({ type: 'input_text', text: words });
const output = (words: string) => ({ type: 'output_text', text: words });
const use = (id: string, args: unknown = {}) => ({ type: 'tool_use', id, name: 'run', input: args });
const call = (id: string, args = '{}') => ({ type: 'function_call', call_id: id, name: 'run', arguments: args });
const result = (id: string, content?: unknown, more: object = {}) => ({
  type: 'tool_result',
  tool_use_id: id,
  content,
  ...more,
});
const answer = (id: string, said: unknown) => ({ type: 'function_call_output', call_id: id, output: said });
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } };
const imagePart = { type: 'input_image', image_url: 'data:image/png;base64,iVBO' };
const thought = { id: 'rs_1', summary: [{ type: 'summary_text', text: 'hm' }], encrypted_content: 'gAAA' };
const seal = sealReasoning('openai-responses', thought);
const tool = { name: 'weather', description: 'Tells it.', input_schema: { type: 'object', $defs: {} } };
const sentTool = {
  type: 'function',
  name: 'weather',
  description: 'Tells it.',
  parameters: { type: 'object', $defs: {} },
  strict: false,
};
const asked = (effort: string) => ({
  reasoning: { effort, summary: 'auto' },
  include: ['reasoning.encrypted_content'],
});

describe('input for Responses', () => {
  it.each<[string, unknown[], unknown[]]>([
    ['string', [{ role: 'user', content: 'Hi' }], [message('user', input('Hi'))]],
    [
      'texts, images and files in order',
      [
        user(
          text('a'),
          image,
          { type: 'image', source: { type: 'url', url: 'https://x/y.png' } },
          { type: 'document', title: 'q.pdf', source: { type: 'base64', media_type: 'application/pdf', data: 'JV' } },
          { type: 'document', source: { type: 'url', url: 'https://x/y.pdf' } },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'words' } },
        ),
      ],
      [
        message(
          'user',
          input('a'),
          imagePart,
          { type: 'input_image', image_url: 'https://x/y.png' },
          { type: 'input_file', filename: 'q.pdf', file_data: 'data:application/pdf;base64,JV' },
          { type: 'input_file', file_url: 'https://x/y.pdf' },
          input('words'),
        ),
      ],
    ],
    [
      'system turn at its place',
      [user(text('a')), { role: 'system', content: 'b' }, { role: 'system', content: '' }, user(text('c'))],
      [message('user', input('a')), message('system', input('b')), message('user', input('c'))],
    ],
    [
      'texts and calls in order',
      [assistant(text('a'), text('b'), text(''), use('x', { q: 1 }), use('y'), text('c'))],
      [
        message('assistant', output('a'), output('b')),
        call('x', '{"q":1}'),
        call('y'),
        message('assistant', output('c')),
      ],
    ],
    [
      'results before the rest of the turn',
      [user(text('so?'), result('y', 'two'), result('x', [text('o'), text('ne')]))],
      [answer('y', 'two'), answer('x', 'o\nne'), message('user', input('so?'))],
    ],
    ['result without content', [user(result('x'))], [answer('x', '')]],
    ['result with an image', [user(result('x', [text('a'), image]))], [answer('x', [input('a'), imagePart])]],
    ['failed result', [user(result('x', 'no', { is_error: true }))], [answer('x', 'Error: no')]],
    [
      'own reasoning',
      [assistant({ type: 'thinking', thinking: 'hm', signature: seal }, use('x'))],
      [{ type: 'reasoning', ...thought }, call('x')],
    ],
    [
      'own reasoning between texts',
      [assistant(text('a'), { type: 'thinking', thinking: 'hm', signature: seal }, text('b'))],
      [message('assistant', output('a')), { type: 'reasoning', ...thought }, message('assistant', output('b'))],
    ],
    [
      'own hidden reasoning',
      [assistant({ type: 'redacted_thinking', data: seal }, text('a'))],
      [{ type: 'reasoning', ...thought }, message('assistant', output('a'))],
    ],
    [
      'reasoning under a seal that someone changed',
      [
        assistant({
          type: 'thinking',
          thinking: '',
          signature: sealReasoning('openai-responses', { id: 1, summary: [1] }),
        }),
      ],
      [{ type: 'reasoning', summary: [] }],
    ],
    ['empty turns', [user(), assistant()], []],
  ])('%s', (_, messages, expected) => {
    const translated = translate({ messages });
    expect(translated.input).toStrictEqual(expected);
    expect(translated.dropped).toEqual([]);
  });

  it('rewrites odd ids on both sides', () => {
    const { input: items } = translate({ messages: [assistant(use('f:0')), user(result('f:0'))] });
    const [made, given] = items as { call_id: string }[];
    expect(made?.call_id).toMatch(/^f_0_[0-9a-f]{16}$/);
    expect(given?.call_id).toBe(made?.call_id);
  });

  it.each<[string, object]>([
    ['server tools', { type: 'server_tool_use', id: 'x', name: 'web_search', input: {} }],
    ['unknown blocks', { type: 'hologram' }],
  ])('drops %s and says so', (_, block) => {
    const translated = translate({ messages: [assistant(block, text('a'))] });
    expect(translated.input).toEqual([message('assistant', output('a'))]);
    expect(translated.dropped).toEqual(['messages.0.content.0']);
  });

  it.each<[string, object]>([
    ['signed thinking', { type: 'thinking', thinking: 'hm', signature: 'EqQB' }],
    ['unsigned thinking', { type: 'thinking', thinking: 'hm' }],
    ['thinking of a chat upstream', { type: 'thinking', thinking: 'hm', signature: sealReasoning('openai-chat', {}) }],
    ['redacted thinking', { type: 'redacted_thinking', data: 'x' }],
  ])('leaves %s out without a word', (_, block) => {
    const translated = translate({ messages: [assistant(block, text('a'))] });
    expect(translated.input).toEqual([message('assistant', output('a'))]);
    expect(translated.dropped).toEqual([]);
  });

  it('keeps a long conversation in order', () => {
    const rounds = Array.from({ length: 2_000 }, (_, n) => `c${n}`);
    const messages = rounds.flatMap((id) => [assistant(use(id)), user(result(id, id), text(id))]);
    expect(translate({ messages }).input).toEqual(
      rounds.flatMap((id) => [call(id), answer(id, id), message('user', input(id))]),
    );
  });
});

describe('settings for Responses', () => {
  it('stores nothing and sends no more than was asked', () => {
    expect(translate({})).toStrictEqual({ sent: 'gpt-4o', input: [], store: false, settings: {}, dropped: [] });
  });

  it.each<[string, JsonObject, Options, JsonObject, string[]]>([
    ['system', { system: 'Be brief.' }, {}, { instructions: 'Be brief.' }, []],
    ['empty system', { system: [text('')] }, {}, {}, []],
    ['system blocks', { system: [text('a'), text('b')] }, {}, { instructions: 'a\n\nb' }, []],
    ['tools', { tools: [tool] }, {}, { tools: [sentTool] }, []],
    ['strict', { tools: [{ ...tool, strict: true }] }, {}, { tools: [{ ...sentTool, strict: true }] }, []],
    ['empty tools', { tools: [], tool_choice: { type: 'any' } }, {}, {}, []],
    ['any', { tools: [tool], tool_choice: { type: 'any' } }, {}, { tools: [sentTool], tool_choice: 'required' }, []],
    [
      'tool, 2.19 one at a time',
      { tools: [tool], tool_choice: { type: 'tool', name: 'weather', disable_parallel_tool_use: true } },
      {},
      { tools: [sentTool], tool_choice: { type: 'function', name: 'weather' }, parallel_tool_calls: false },
      [],
    ],
    ['limit', { max_tokens: 7 }, {}, { max_output_tokens: 7 }, []],
    ['no stops', { stop_sequences: [] }, {}, {}, []],
    ['stops with drop_params', { stop_sequences: ['a'] }, { dropParams: true }, {}, ['stop_sequences']],
    ['zeros', { temperature: 0, top_p: 0 }, {}, { temperature: 0, top_p: 0 }, []],
    ['reasoning model', { temperature: 0.5 }, { model: 'o3' }, {}, ['temperature']],
    ['top_k', { top_k: 5 }, {}, {}, ['top_k']],
    ['user', { metadata: { user_id: 'me' } }, {}, { user: 'me' }, []],
    ['budget', { thinking: { type: 'enabled', budget_tokens: 5_000 } }, {}, asked('medium'), []],
    ['adaptive', { thinking: { type: 'adaptive' } }, {}, {}, []],
    ['effort', { output_config: { effort: 'max' } }, {}, asked('high'), []],
    [
      'schema',
      { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
      {},
      { text: { format: { type: 'json_schema', name: 'response', schema: { type: 'object' }, strict: true } } },
      [],
    ],
    ['stream', { stream: true }, {}, { stream: true }, []],
    ['Anthropic’s own', { service_tier: 'standard_only' }, {}, {}, ['service_tier']],
  ])('%s', (_, fields, options, settings, dropped) => {
    const translated = translate(fields, options);
    expect(translated.settings).toStrictEqual(settings);
    expect(translated.dropped).toEqual(dropped);
  });

  it.each<[string, JsonObject, string]>([
    ['server tools', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, 'tools.0'],
    ['stop sequences', { stop_sequences: ['a'] }, 'stop_sequences'],
  ])('refuses %s', (_, fields, param) => {
    expect(() => translate(fields)).toThrow(
      expect.objectContaining({ code: 'dialect_unsupported', param }) as SallyportError,
    );
    expect(translate(fields, { dropParams: true }).dropped).toEqual([param]);
  });
});
