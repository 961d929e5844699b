import { sealReasoning } from '../../reply/sealed-reasoning';
import {
  translate,
  call,
  output,
  toolUse,
  text,
  user,
  said,
  thinking,
  redacted,
  reasoning,
} from './conversation.fixture';

describe('reasoning', () => {
  it('comes back as it was signed, first in its turn', () => {
    const { messages, dropped } = translate([
      user,
      reasoning(thinking),
      reasoning(redacted),
      said('A'),
      call('c1'),
      output('c1'),
    ]);
    expect(JSON.stringify((messages as unknown[])[1])).toBe(
      JSON.stringify({ role: 'assistant', content: [thinking, redacted, text('A'), toolUse('c1')] }),
    );
    expect(dropped).toEqual([]);
  });

  it('is put first when it stands behind the text', () => {
    const { messages } = translate([user, said('A'), reasoning(thinking), call('c1'), output('c1')]);
    expect((messages as unknown[])[1]).toEqual({ role: 'assistant', content: [thinking, text('A'), toolUse('c1')] });
  });

  it('keeps its place between texts when the turn begins with some', () => {
    const { messages } = translate([
      user,
      reasoning(redacted),
      said('A'),
      reasoning(thinking),
      call('c1'),
      output('c1'),
    ]);
    expect((messages as unknown[])[1]).toEqual({
      role: 'assistant',
      content: [redacted, text('A'), thinking, toolUse('c1')],
    });
  });

  it.each<[string, object]>([
    ['a summary only', { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm' }] }],
    ['what OpenAI encrypted', { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAAB' }],
    [
      'the seal of another upstream',
      { type: 'reasoning', encrypted_content: sealReasoning('openai-responses', { id: 'rs_1' }) },
    ],
    ['thinking without a signature', reasoning({ ...thinking, signature: '' })],
    ['a block of another kind', reasoning({ type: 'text', text: 'Hm' })],
    ['redacted thinking without data', reasoning({ type: 'redacted_thinking' })],
  ])('is left out without a word: %s', (_, item) => {
    const { messages, dropped } = translate([user, item, said('A')]);
    expect(messages).toEqual([user, { role: 'assistant', content: 'A' }]);
    expect(dropped).toEqual([]);
  });

  it('alone is no turn', () => {
    expect(translate([user, reasoning(thinking)]).messages).toEqual([user]);
  });

  it.each<[string, boolean, unknown[]]>([
    ['after a question', true, [user]],
    [
      'after results of a turn that began with signed reasoning',
      true,
      [user, reasoning(thinking), call('c1'), output('c1')],
    ],
    ['after results of a turn without', false, [user, call('c1'), output('c1')]],
    ['after results of a turn without, and a word of the user', false, [user, call('c1'), output('c1'), user]],
    ['after a new question', true, [user, call('c1'), output('c1'), said('A'), user]],
  ])('%s, a model may think: %s', (_, may, input) => {
    const result = translate(input, { reasoning: { effort: 'low' } });
    expect(result.thinking).toEqual(may ? { type: 'enabled', budget_tokens: 1024 } : undefined);
    expect(result.dropped).toEqual(may ? [] : ['reasoning.effort']);
  });
});
