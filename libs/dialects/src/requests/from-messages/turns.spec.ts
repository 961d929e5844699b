import type { SallyportError } from '../../errors/sallyport-error';
import { MESSAGES_TO_CHAT_RULES } from '../messages-to-chat/messages-to-chat.rules';
import { RequestTranslation } from '../request-translation';
import { DEFAULT_TRAITS } from '../upstream-traits';
import { MessagesReading } from './messages-reading';
import { turnsOf } from './turns';

const user = (...content: unknown[]) => ({ role: 'user', content });
const assistant = (...content: unknown[]) => ({ role: 'assistant', content });
const use = { type: 'tool_use', id: 'a', name: 'f', input: {} };
const result = (content: unknown, more: object = {}) => ({ type: 'tool_result', tool_use_id: 'a', content, ...more });
const image = { type: 'image', source: { type: 'url', url: 'https://x/y.png' } };
const document = (source: unknown, more: object = {}) => ({ type: 'document', source, ...more });

describe(turnsOf.name, () => {
  it.each<[unknown, string]>([
    [undefined, 'messages'],
    [[1], 'messages.0'],
    [[{ role: 'tool', content: 'x' }], 'messages.0.role'],
    [[{ role: 'user' }], 'messages.0.content'],
    [[user('x')], 'messages.0.content.0'],
    [[user({ text: 'x' })], 'messages.0.content.0.type'],
    [[user({ type: 'text', text: 1 })], 'messages.0.content.0.text'],
    [[user({ type: 'thinking', thinking: 'x' })], 'messages.0.content.0.type'],
    [[user(use)], 'messages.0.content.0.type'],
    [[assistant(result('x'))], 'messages.0.content.0.type'],
    [[assistant(image)], 'messages.0.content.0.type'],
    [[{ role: 'system', content: [image] }], 'messages.0.content.0.type'],
    [[user({ type: 'image' })], 'messages.0.content.0.source'],
    [[user({ type: 'image', source: {} })], 'messages.0.content.0.source.type'],
    [[user({ type: 'image', source: { type: 'url' } })], 'messages.0.content.0.source.url'],
    [[user({ type: 'image', source: { type: 'base64', data: 'x' } })], 'messages.0.content.0.source.media_type'],
    [[user(document({ type: 'text', data: 'd' }, { title: 1 }))], 'messages.0.content.0.title'],
    [[user(document({ type: 'content', content: 1 }))], 'messages.0.content.0.source.content'],
    [
      [user(document({ type: 'content', content: [document({ type: 'url', url: 'u' })] }))],
      'messages.0.content.0.source.content.0.type',
    ],
    [
      [user({ type: 'search_result', title: 'T', source: 's', content: [image] })],
      'messages.0.content.0.content.0.type',
    ],
    [[user({ type: 'search_result', title: 'T', source: 's' })], 'messages.0.content.0.content'],
    [[user(result([null]))], 'messages.0.content.0.content.0'],
    [[user(result('x', { is_error: 'yes' }))], 'messages.0.content.0.is_error'],
    [[user({ type: 'tool_result' })], 'messages.0.content.0.tool_use_id'],
    [[assistant({ ...use, id: 7 })], 'messages.0.content.0.id'],
    [[assistant({ ...use, input: '{}' })], 'messages.0.content.0.input'],
    [[assistant({ type: 'thinking' })], 'messages.0.content.0.thinking'],
  ])('refuses the malformed messages %j', (messages, path) => {
    const translation = new RequestTranslation('m', { ...DEFAULT_TRAITS, dropParams: true });
    const reading = new MessagesReading(MESSAGES_TO_CHAT_RULES, translation);
    expect(() => turnsOf({ messages }, reading)).toThrow(
      expect.objectContaining({ code: 'invalid_request', param: path }) as SallyportError,
    );
  });
});
