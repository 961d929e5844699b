import { wholeAndStreamed, type ConformanceCase } from '../conformance-case';
import type { Client } from '../clients/client';
import type { UpstreamDialect } from '../upstreams/upstream-dialect';

const REASONING = { pieces: ['They want ', 'the time.'], proof: 'c2lnbmVkIGJ5IHVwc3RyZWFt' };
const TOOL = { name: 'now', description: 'The time', schema: { type: 'object' as const, properties: {} } };
const CALL = { id: 'call_now', name: 'now', pieces: ['{}'] };

/** Chat has no proof of reasoning. */
const proves = (_: Client, { dialect }: UpstreamDialect): boolean => dialect !== 'openai-chat';

export const REASONING_CASES: readonly ConformanceCase[] = [
  ...wholeAndStreamed('keeps reasoning out of the text', async (cell, stream) => {
    cell.says({ reasoning: REASONING, text: ['It is ', 'noon.'] });
    const answer = await cell.ask({ text: 'Time?', think: true, stream });
    expect(answer).toMatchObject({ text: 'It is noon.', ending: 'done' });
    expect(cell.asked).toMatchObject([{ thinks: true }]);
  }),
  ...wholeAndStreamed(
    'shows reasoning',
    async (cell, stream) => {
      cell.says({ reasoning: REASONING, text: ['It is noon.'] });
      expect((await cell.ask({ text: 'Time?', think: true, stream })).reasoning).toBe('They want the time.');
    },
    { needs: ['reasoning'] },
  ),
  ...wholeAndStreamed('goes on after reasoning and a call', async (cell, stream) => {
    cell.says({ reasoning: REASONING, calls: [CALL] }, { text: ['Noon.'] });
    const answer = await cell.ask({ text: 'Time?', think: true, tools: [TOOL], stream });
    expect(answer).toMatchObject({ text: '', calls: [{ id: 'call_now' }], ending: 'calls' });
    expect(await answer.sendResults(['12:00'])).toMatchObject({ text: 'Noon.' });
  }),
  ...wholeAndStreamed(
    'gives the upstream its proof of reasoning back',
    async (cell, stream) => {
      cell.says({ reasoning: REASONING, calls: [CALL] }, { text: ['Noon.'] });
      const answer = await cell.ask({ text: 'Time?', think: true, tools: [TOOL], stream });
      await answer.sendResults(['12:00']);
      expect(cell.asked.at(-1)).toMatchObject({
        thinks: true,
        turns: [
          { role: 'user' },
          { role: 'assistant', parts: [{ proof: REASONING.proof }, { call: { id: 'call_now' } }] },
          { role: 'user', parts: [{ result: { id: 'call_now', text: '12:00' } }] },
        ],
      });
    },
    { suits: proves, needs: ['proof'], streamNeeds: ['streamed-proof'] },
  ),
];
