import { messagesOf, call, toolCall, user, said, reasoning } from './conversation.fixture';

describe('reasoning', () => {
  const withText = { ...reasoning, content: [{ type: 'reasoning_text', text: 'Deep' }], encrypted_content: 'x' };

  it('is left out without a word', () => {
    expect(messagesOf([user, reasoning, said('A')])).toEqual({
      messages: [user, { role: 'assistant', content: 'A' }],
      dropped: [],
    });
  });

  it.each(['reasoning_content', 'reasoning'] as const)('goes into %s where it is welcome', (reasoningField) => {
    expect(messagesOf([reasoning, withText, call('c1')], {}, { reasoningField })).toEqual({
      messages: [{ role: 'assistant', content: null, [reasoningField]: 'Hm\n\nDeep', tool_calls: [toolCall('c1')] }],
      dropped: [],
    });
  });

  it('is left out there too when none of it is readable', () => {
    const hidden = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'x' };
    expect(messagesOf([hidden, said('A')], {}, { reasoningField: 'reasoning' })).toEqual({
      messages: [{ role: 'assistant', content: 'A' }],
      dropped: [],
    });
  });
});
