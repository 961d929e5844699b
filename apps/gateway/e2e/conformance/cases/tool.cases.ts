import type { Cell } from '../cell';
import { wholeAndStreamed, type ConformanceCase } from '../conformance-case';
import type { QuestionTool } from '../question';
import type { SayingCall } from '../saying';

const WEATHER: QuestionTool = {
  name: 'get_weather',
  description: 'Weather of a place',
  schema: {
    type: 'object',
    properties: {
      place: { $ref: '#/$defs/place' },
      days: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    },
    required: ['place'],
    additionalProperties: false,
    $defs: { place: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
  },
};
const CLOCK: QuestionTool = { name: 'now', description: 'The time', schema: { type: 'object', properties: {} } };
const TOOLS = [WEATHER, CLOCK];

const PARIS: SayingCall = { id: 'call_paris', name: 'get_weather', pieces: ['{"place":', '{"city":"Pa', 'ris"}}'] };
const OSLO: SayingCall = { id: 'call_oslo', name: 'get_weather', pieces: ['{"place":{"city"', ':"Osløo 🌧"}', '}'] };
const NOW: SayingCall = { id: 'call_now', name: 'now', pieces: [] };

const calls = (...list: readonly SayingCall[]): object[] =>
  list.map(({ id, name, pieces }) => ({ id, name, input: JSON.parse(pieces.join('') || '{}') as unknown }));

export const TOOL_CASES: readonly ConformanceCase[] = [
  ...wholeAndStreamed('calls a tool and hears its result', async (cell, stream) => {
    cell.says({ text: ['Let me look.'], calls: [PARIS] }, { text: ['Sunny.'] });
    const answer = await cell.ask({ text: 'Weather?', tools: TOOLS, stream });
    expect(answer).toMatchObject({ text: 'Let me look.', calls: calls(PARIS), ending: 'calls' });
    expect(await answer.sendResults(['{"sky":"clear"}'])).toMatchObject({ text: 'Sunny.', calls: [], ending: 'done' });
    expect(cell.asked.at(-1)?.turns).toEqual([
      { role: 'user', parts: [{ text: 'Weather?' }] },
      { role: 'assistant', parts: [{ text: 'Let me look.' }, { call: calls(PARIS)[0] }] },
      { role: 'user', parts: [{ result: { id: 'call_paris', text: '{"sky":"clear"}' } }] },
    ]);
  }),
  ...wholeAndStreamed('calls a tool without arguments', async (cell, stream) => {
    cell.says({ calls: [NOW] }, { text: ['Noon.'] });
    const answer = await cell.ask({ text: 'Time?', tools: TOOLS, stream });
    expect(answer).toMatchObject({ text: '', calls: [{ id: 'call_now', name: 'now', input: {} }], ending: 'calls' });
    await answer.sendResults(['12:00']);
    expect(cell.asked.at(-1)?.turns.slice(1)).toEqual([
      { role: 'assistant', parts: [{ call: { id: 'call_now', name: 'now', input: {} } }] },
      { role: 'user', parts: [{ result: { id: 'call_now', text: '12:00' } }] },
    ]);
  }),
  ...wholeAndStreamed(
    'calls a tool whose upstream says nothing of arguments',
    async (cell, stream) => {
      cell.says({ calls: [{ ...NOW, pieces: [''] }] });
      const answer = await cell.ask({ text: 'Time?', tools: TOOLS, stream });
      expect(answer).toMatchObject({ calls: [{ id: 'call_now', name: 'now', input: {} }], ending: 'calls' });
    },
    { suits: (client, upstream) => upstream.dialect === 'openai-chat' && client.dialect !== upstream.dialect },
  ),
  ...wholeAndStreamed('calls tools in parallel', (cell, stream) => parallel(cell, stream, false)),
  {
    name: 'calls tools in parallel, their pieces mixed',
    suits: (_, { dialect }) => dialect === 'openai-chat',
    run: (cell) => parallel(cell, true, true),
  },
  {
    name: 'reads a stream whose bytes come torn',
    async run(cell) {
      const saying = { text: ['Zwei 🌦 ', 'Orte'], calls: [PARIS, OSLO] };
      cell.replies((request) => ({ chunks: torn(cell.upstream.stream(saying, request)) }));
      const answer = await cell.ask({ text: 'Weather?', tools: TOOLS, stream: true });
      expect(answer).toMatchObject({ text: 'Zwei 🌦 Orte', calls: calls(PARIS, OSLO), ending: 'calls' });
    },
  },
  {
    name: 'shows its tools whole and leaves the choice to the model',
    async run(cell) {
      cell.says({ text: ['No need.'] });
      await cell.ask({ text: 'Time?', tools: TOOLS, stream: false });
      expect(cell.asked).toMatchObject([{ mustCall: false, tools: TOOLS }]);
    },
  },
  {
    name: 'insists on a tool',
    needs: ['must-call'],
    async run(cell) {
      cell.says({ calls: [NOW] });
      await cell.ask({ text: 'Time?', tools: TOOLS, mustCall: true, stream: false });
      expect(cell.asked).toMatchObject([{ mustCall: true, tools: TOOLS }]);
    },
  },
];

/** Pieces of seven bytes, which respect neither events nor characters. */
function torn(events: readonly string[]): Uint8Array[] {
  const bytes = Buffer.from(events.join(''));
  return Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) => bytes.subarray(index * 7, index * 7 + 7));
}

async function parallel(cell: Cell, stream: boolean, mixed: boolean): Promise<void> {
  const all = [PARIS, NOW, OSLO];
  cell.says({ text: ['Two and the time.'], calls: all, mixed }, { text: ['Done.'] });
  const answer = await cell.ask({ text: 'Weather?', tools: TOOLS, stream });
  expect(answer).toMatchObject({ text: 'Two and the time.', calls: calls(...all), ending: 'calls' });
  expect(await answer.sendResults(['sun', '12:00', 'rain'])).toMatchObject({ text: 'Done.' });
  expect(cell.asked.at(-1)?.turns.slice(1)).toEqual([
    { role: 'assistant', parts: [{ text: 'Two and the time.' }, ...calls(...all).map((call) => ({ call }))] },
    {
      role: 'user',
      parts: [
        { result: { id: 'call_paris', text: 'sun' } },
        { result: { id: 'call_now', text: '12:00' } },
        { result: { id: 'call_oslo', text: 'rain' } },
      ],
    },
  ]);
}
