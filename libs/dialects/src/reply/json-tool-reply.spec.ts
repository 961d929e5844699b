import type { AssistantReply, ReplyContent } from './assistant-reply';
import { JsonToolStream, unwrapJsonTool } from './json-tool-reply';
import type { ReplyEvent } from './reply-event';

const NAME = 'json_response';
const JSON_TEXT = '{"city":"Ålesund","n":[1,2]}';

const text = (value: string): ReplyContent => ({ type: 'text', text: value });
const call = (name: string, args = '{}'): ReplyContent => ({
  type: 'tool-call',
  id: `id-${name}`,
  name,
  arguments: args,
});
const reply = (content: ReplyContent[], stop: AssistantReply['stop'] = 'tool-calls'): AssistantReply => ({
  id: 'r',
  created: undefined,
  content,
  stop,
  usage: undefined,
});

describe('unwrapJsonTool', () => {
  const reasoning: ReplyContent = { type: 'reasoning', text: 'Hm', signature: 's' };

  it.each<[string, AssistantReply, AssistantReply]>([
    ['the call is the text', reply([call(NAME, JSON_TEXT)]), reply([text(JSON_TEXT)], 'end')],
    [
      'text beside it is left out, reasoning is not',
      reply([reasoning, text('Here:'), call(NAME, JSON_TEXT), text('Done')]),
      reply([reasoning, text(JSON_TEXT)], 'end'),
    ],
    [
      'other calls stay, and are waited for',
      reply([call('f'), call(NAME, JSON_TEXT)]),
      reply([call('f'), text(JSON_TEXT)]),
    ],
    ['one answer is enough', reply([call(NAME, JSON_TEXT), call(NAME)]), reply([text(JSON_TEXT)], 'end')],
    ['a cut call stays cut', reply([call(NAME, '{"ci')], 'length'), reply([text('{"ci')], 'length')],
    ['without the call nothing changes', reply([text('No'), call('f')]), reply([text('No'), call('f')])],
  ])('%s', (_, given, expected) => {
    expect(unwrapJsonTool(given, NAME)).toEqual(expected);
  });
});

function run(events: ReplyEvent[]): ReplyEvent[] {
  const stream = new JsonToolStream(NAME);
  return events.flatMap((event) => stream.map(event));
}

const start: ReplyEvent = { type: 'start', id: 'r', created: 1 };
const stop = (reason: AssistantReply['stop']): ReplyEvent => ({ type: 'stop', reason });
const end: ReplyEvent = { type: 'end' };
const say = (delta: string): ReplyEvent => ({ type: 'text', delta });
const begin = (number: number, name: string): ReplyEvent => ({
  type: 'tool-start',
  call: number,
  id: `id-${number}`,
  name,
});
const args = (number: number, delta: string): ReplyEvent => ({ type: 'tool-arguments', call: number, delta });
const over = (number: number): ReplyEvent => ({ type: 'tool-end', call: number });

describe('JsonToolStream', () => {
  it.each(Array.from({ length: JSON_TEXT.length + 1 }, (_, cut) => cut))('arguments cut at %i are the text', (cut) => {
    const deltas = [JSON_TEXT.slice(0, cut), JSON_TEXT.slice(cut)];
    const events = [start, begin(0, NAME), ...deltas.map((delta) => args(0, delta)), over(0), stop('tool-calls'), end];
    const texts = deltas.filter((delta) => delta !== '').map(say);
    expect(run(events)).toEqual([start, ...texts, stop('end'), end]);
  });

  it('a call without arguments is an empty object', () => {
    expect(run([begin(0, NAME), args(0, ''), over(0), stop('tool-calls')])).toEqual([say('{}'), stop('end')]);
  });

  it('text before and behind the call is left out', () => {
    const events = [
      start,
      say('He'),
      say('re'),
      begin(0, NAME),
      args(0, JSON_TEXT),
      over(0),
      say('!'),
      stop('tool-calls'),
    ];
    expect(run(events)).toEqual([start, say(JSON_TEXT), stop('end')]);
  });

  it('text is told at the end when the tool is not called', () => {
    const reasoning: ReplyEvent = { type: 'reasoning', delta: 'Hm' };
    expect(run([start, reasoning, say('N'), say('o'), stop('refusal'), end])).toEqual([
      start,
      reasoning,
      say('No'),
      stop('refusal'),
      end,
    ]);
  });

  it('other calls are numbered without a gap, even when they interleave', () => {
    const events = [
      begin(0, NAME),
      begin(1, 'f'),
      args(1, '{'),
      args(0, '{}'),
      begin(2, NAME),
      args(2, '{"again":1}'),
      begin(3, 'g'),
      args(1, '}'),
      over(2),
      over(1),
      over(3),
      over(0),
      stop('tool-calls'),
    ];
    expect(run(events)).toEqual([
      { ...begin(0, 'f'), id: 'id-1' },
      args(0, '{'),
      say('{}'),
      { ...begin(1, 'g'), id: 'id-3' },
      args(0, '}'),
      over(0),
      over(1),
      stop('tool-calls'),
    ]);
  });

  it('a call that was cut by the limit stays so', () => {
    expect(run([begin(0, NAME), args(0, '{"ci'), over(0), stop('length')])).toEqual([say('{"ci'), stop('length')]);
  });
});
