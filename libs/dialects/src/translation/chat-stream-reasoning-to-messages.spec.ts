import {
  atEverySplit,
  begun,
  delta,
  DONE,
  ended,
  piece,
  start,
  stop,
  text,
  uncounted,
} from './chat-stream-to-messages.fixture';

const thinking = (index: number, thought: string, signature?: string) => [
  start(index, { type: 'thinking', thinking: '', signature: '' }),
  piece(index, { type: 'thinking_delta', thinking: thought }),
  ...(signature === undefined ? [] : [piece(index, { type: 'signature_delta', signature })]),
  stop(index),
];

describe('reasoning of a chat stream for an Anthropic client', () => {
  it.each<[string, object, object[]]>([
    ['reasoning_content', { reasoning_content: 'hm' }, thinking(0, 'hm')],
    ['reasoning', { reasoning: 'hm' }, thinking(0, 'hm')],
    ['both names', { reasoning: 'hm', reasoning_content: 'hm' }, thinking(0, 'hm')],
    [
      'a part of the content',
      { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] },
      thinking(0, 'hm'),
    ],
    [
      'OpenRouter’s details beside the text',
      { reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm', signature: 'sig' }] },
      thinking(0, 'hm', 'sig'),
    ],
    [
      'OpenRouter’s details alone',
      { reasoning_details: [{ type: 'reasoning.summary', summary: 'hm' }] },
      thinking(0, 'hm'),
    ],
    [
      'signed blocks',
      { thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 'sig' }] },
      thinking(0, 'hm', 'sig'),
    ],
  ])('keeps reasoning out of the text when it comes as %s', (_, part, expected) => {
    const stream = delta(part) + delta({ content: 'ok' }) + delta({}, 'stop') + DONE;
    expect(atEverySplit(stream)).toEqual([begun, ...expected, ...text(1, 'ok'), ...ended('end_turn', uncounted)]);
  });

  it('hands on reasoning that is hidden, and no proof that has lost its block', () => {
    const hidden = { thinking_blocks: [{ type: 'redacted_thinking', data: 'zz' }] };
    const late = { thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: 'late' }] };
    const stream = delta(hidden) + delta({ reasoning: 'hm' }) + delta({ content: 'ok' }) + delta(late, 'stop') + DONE;
    expect(atEverySplit(stream)).toEqual([
      begun,
      start(0, { type: 'redacted_thinking', data: 'zz' }),
      stop(0),
      ...thinking(1, 'hm'),
      ...text(2, 'ok'),
      ...ended('end_turn', uncounted),
    ]);
  });
});
