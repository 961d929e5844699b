import { givenConversation, openedConversation, previousResponseOf, storedConversationOf } from './conversation-name';

const opened = (body: object): string => openedConversation(body as Record<string, unknown>, 'fallback');
const user = (content: unknown): object => ({ role: 'user', content });

describe(givenConversation.name, () => {
  it('takes the name of a session before the one that the upstream keeps', () => {
    const body = { conversation: 'conv_1' };
    const session = givenConversation({ 'x-claude-code-session-id': 'a', session_id: 'b' }, body);
    expect(session).toBe(givenConversation({ 'x-claude-code-session-id': 'a' }, {}));
    expect(session).not.toBe(givenConversation({}, body));
    expect(givenConversation({}, body)).toBe(givenConversation({}, { conversation: { id: 'conv_1' } }));
  });

  it('does not mix up a session and a conversation of the same name', () => {
    expect(givenConversation({ session_id: 'a' }, {})).not.toBe(givenConversation({}, { conversation: 'a' }));
  });

  it.each([{}, { conversation: null }, { conversation: {} }, { conversation: '' }, { conversation: 7 }])(
    'finds none in %j',
    (body) => {
      expect(givenConversation({ session_id: '' }, body)).toBeUndefined();
      expect(storedConversationOf(body)).toBeUndefined();
    },
  );
});

describe(openedConversation.name, () => {
  it('goes by what the user said first, and by nothing before or after', () => {
    const first = opened({ messages: [user('hello')] });
    expect(opened({ messages: [{ role: 'system', content: 's' }, user('hello'), user('more')] })).toBe(first);
    expect(opened({ input: 'hello' })).toBe(first);
    expect(opened({ input: [{ role: 'developer', content: 'd' }, user('hello')] })).toBe(first);
    expect(opened({ messages: [user('hullo')] })).not.toBe(first);
  });

  it('goes by the text of parts, not by their marks', () => {
    const part = { type: 'text', text: 'hello' };
    const first = opened({ messages: [user([part])] });
    expect(opened({ messages: [user([{ ...part, cache_control: {} }])] })).toBe(first);
    expect(opened({ messages: [user([part, { type: 'text', text: 'x' }])] })).not.toBe(first);
  });

  it('does with the fallback where no user says anything', () => {
    const none = opened({});
    for (const body of [{ messages: [] }, { messages: [{ role: 'assistant', content: 'x' }] }, { input: null }]) {
      expect(opened(body)).toBe(none);
    }
  });
});

it('reads which response a request carries on from', () => {
  expect(previousResponseOf({ previous_response_id: 'resp_1' })).toBe('resp_1');
  for (const id of [undefined, null, '', 7]) expect(previousResponseOf({ previous_response_id: id })).toBeUndefined();
});
