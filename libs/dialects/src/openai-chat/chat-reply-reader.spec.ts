import { replyContext } from '../translation/reply-context.fixture';
import { chatReplyReader } from './chat-reply-reader';
import { chatReplyWriter } from './chat-reply-writer';

it.each([
  [1700000001, 1700000001],
  [1700000001234, 1700000001],
  [1700000001.9, 1700000001],
  [0, 1700000000],
  [undefined, 1700000000],
  ['1700000001', 1700000000],
])('reads the time %s as %s', (created, seconds) => {
  const reply = chatReplyReader.read({ created, choices: [] });
  expect(chatReplyWriter.write(reply, replyContext())['created']).toBe(seconds);
});
