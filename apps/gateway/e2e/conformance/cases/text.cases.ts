import { wholeAndStreamed, type ConformanceCase } from '../conformance-case';
import { errorStatus } from '../clients/error-names';

const TEXT = ['Grüß', ' dich, ', '🚀 12345678901234567890'];
const COUNTS = { input: 50, cached: 30, output: 9 };

export const TEXT_CASES: readonly ConformanceCase[] = [
  ...wholeAndStreamed('says a text', async (cell, stream) => {
    cell.says({ text: TEXT });
    const answer = await cell.ask({ text: 'Hi, „you“ 👋', stream });
    expect(answer).toMatchObject({ text: TEXT.join(''), calls: [], ending: 'done', reasoning: '' });
    expect(cell.asked).toMatchObject([
      { system: '', turns: [{ role: 'user', parts: [{ text: 'Hi, „you“ 👋' }] }], tools: [], stop: [], thinks: false },
    ]);
  }),
  ...wholeAndStreamed('obeys a system prompt', async (cell, stream) => {
    cell.says({ text: TEXT });
    await cell.ask({ text: 'hi', system: 'Be brief.', stream });
    expect(cell.asked).toMatchObject([{ system: 'Be brief.', turns: [{ role: 'user', parts: [{ text: 'hi' }] }] }]);
  }),
  ...wholeAndStreamed('is cut short', async (cell, stream) => {
    cell.says({ text: TEXT, cutShort: true });
    expect(await cell.ask({ text: 'hi', stream })).toMatchObject({ text: TEXT.join(''), ending: 'length' });
  }),
  ...wholeAndStreamed(
    'counts tokens, those from a cache apart',
    async (cell, stream) => {
      cell.says({ text: TEXT, counts: COUNTS });
      expect((await cell.ask({ text: 'hi', stream })).counts).toEqual(COUNTS);
    },
    { streamNeeds: ['streamed-counts'] },
  ),
  {
    name: 'stops at stop sequences',
    needs: ['stop'],
    suits: (_, { dialect }) => dialect !== 'openai-responses',
    async run(cell) {
      cell.says({ text: TEXT });
      await cell.ask({ text: 'hi', stop: ['END', '\n\nHuman:'], stream: false });
      expect(cell.asked).toMatchObject([{ stop: ['END', '\n\nHuman:'] }]);
    },
  },
  {
    name: 'is told that there are no stop sequences',
    needs: ['stop'],
    suits: (_, { dialect }) => dialect === 'openai-responses',
    async run(cell) {
      cell.says({ text: TEXT });
      const error = await cell.failure({ text: 'hi', stop: ['END'], stream: false });
      expect([errorStatus(error), error.message]).toEqual([400, expect.stringMatching(/stop/)]);
      expect(cell.asked).toEqual([]);
    },
  },
  {
    name: 'shows an image',
    async run(cell) {
      cell.says({ text: TEXT });
      await cell.ask({ text: 'What is this?', png: PNG, stream: false });
      expect(cell.asked).toMatchObject([
        { turns: [{ role: 'user', parts: [{ text: 'What is this?' }, { image: `data:image/png;base64,${PNG}` }] }] },
      ]);
    },
  },
];

/** One transparent pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
