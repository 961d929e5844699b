import type { JsonObject } from '../../json/json-value';
import { sealReasoning } from '../../reply/sealed-reasoning';
import { translate, user, text, call, calling, use, tool } from './conversation.fixture';

describe('signed thinking', () => {
  const thinking = { type: 'thinking', thinking: 'Hm', signature: 'c2ln', extra: [1] };
  const redacted = { type: 'redacted_thinking', data: 'eA==' };
  const budget = { type: 'enabled', budget_tokens: 2048 };
  const loop = (blocks?: object[]) => [
    user,
    { ...calling(call('a')), content: 'So', ...(blocks && { thinking_blocks: blocks }) },
    tool('a', '1'),
  ];

  it('comes back unchanged and first, and thinking goes on', () => {
    const { body } = translate(loop([thinking, redacted]), { reasoning_effort: 'medium' });
    expect(body['thinking']).toEqual(budget);
    expect(body['messages']).toMatchObject({ 1: { content: [thinking, redacted, text('So'), use('a')] } });
    expect(JSON.stringify(body['messages'])).toContain(JSON.stringify(thinking));
  });

  it.each<[string, JsonObject]>([
    ['reasoning_effort', { reasoning_effort: 'medium' }],
    ['thinking', { thinking: budget }],
  ])('missing in a tool loop switches %s off', (name, more) => {
    const { body, dropped } = translate(loop(), more);
    expect(body).not.toHaveProperty('thinking');
    expect(dropped).toEqual([name]);
  });

  it('missing in a last turn of the assistant switches thinking off', () => {
    const { body } = translate([user, { role: 'assistant', content: 'It is' }], { reasoning_effort: 'low' });
    expect(body).not.toHaveProperty('thinking');
  });

  it('missing before a new question does not matter', () => {
    const { body } = translate([...loop(), { role: 'assistant', content: 'Cold' }, user], {
      reasoning_effort: 'medium',
    });
    expect(body['thinking']).toEqual(budget);
  });

  it.each<[string, object]>([
    ['unsigned', { type: 'thinking', thinking: 'Hm', signature: '' }],
    ['made by another upstream', { ...thinking, signature: sealReasoning('openai-responses', { id: 'rs_1' }) }],
    ['of an unknown type', { type: 'musing' }],
  ])('%s is left out', (_, block) => {
    const { body, dropped } = translate(loop([block]), { thinking: budget });
    expect(body['messages']).toMatchObject({ 1: { content: [text('So'), use('a')] } });
    expect(body).not.toHaveProperty('thinking');
    expect(dropped).toEqual(['thinking']);
  });
});
