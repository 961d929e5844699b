import { openAiReply } from '@sallyport/testing';
import { startProxy, type ProxyHarness } from '../proxy-harness';

const CARD = '4111 1111 1111 1111';
const SAID = `my card is ${CARD}`;
const CALL = { id: 'call_1', type: 'function', function: { name: 'look_up', arguments: '{"city":"Seoul"}' } };
const USE = { type: 'tool_use', id: 'toolu_1', name: 'look_up', input: { city: 'Seoul' } };
const ANSWER = { role: 'assistant', content: 'noted' };
const NEXT = { role: 'user', content: 'go on' };
const useOf = (input: object): object => ({ role: 'assistant', content: [{ ...USE, input }] });
const resultOf = (content: unknown): object => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content }],
});

/** The eleven places that https://github.com/BerriAI/litellm/issues/41265 plants a card number in. */
const POSITIONS: readonly [name: string, path: string, messages: object[]][] = [
  ['O1 user text', '/v1/chat/completions', [{ role: 'user', content: SAID }]],
  [
    'O2 arguments of a tool call in the history',
    '/v1/chat/completions',
    [
      NEXT,
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ ...CALL, function: { name: 'pay', arguments: JSON.stringify({ card: CARD }) } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'paid' },
    ],
  ],
  [
    'O3 result of a tool',
    '/v1/chat/completions',
    [
      NEXT,
      { role: 'assistant', content: null, tool_calls: [CALL] },
      { role: 'tool', tool_call_id: 'call_1', content: SAID },
    ],
  ],
  ['O4 earlier user text', '/v1/chat/completions', [{ role: 'user', content: SAID }, ANSWER, NEXT]],
  [
    'O5 user text behind a harmless tool call',
    '/v1/chat/completions',
    [
      NEXT,
      { role: 'assistant', content: null, tool_calls: [CALL] },
      { role: 'tool', tool_call_id: 'call_1', content: 'rain' },
      { role: 'user', content: SAID },
    ],
  ],
  ['A1 user text', '/v1/messages', [{ role: 'user', content: SAID }]],
  ['A2 input of a tool use in the history', '/v1/messages', [NEXT, useOf({ card: CARD }), resultOf('paid')]],
  ['A3 result of a tool as a string', '/v1/messages', [NEXT, useOf({}), resultOf(SAID)]],
  ['A4 result of a tool as a list', '/v1/messages', [NEXT, useOf({}), resultOf([{ type: 'text', text: SAID }])]],
  ['A5 earlier user text', '/v1/messages', [{ role: 'user', content: SAID }, ANSWER, NEXT]],
  [
    'A6 user text behind a harmless tool use',
    '/v1/messages',
    [NEXT, useOf({ city: 'Seoul' }), resultOf('rain'), { role: 'user', content: [{ type: 'text', text: SAID }] }],
  ],
];

describe('a card number', () => {
  let proxy: ProxyHarness;
  let strict: ProxyHarness;
  beforeAll(async () => {
    proxy = await startProxy();
    strict = await proxy.with({ MASKING_POLICIES: 'credit-card=block' });
    proxy.upstream.script(() => ({ body: openAiReply('ok') }));
  });
  afterAll(() => proxy.close());

  it.each(POSITIONS)('does not leave at %s', async (_name, path, messages) => {
    const reply = await proxy.post(path, { model: 'm', max_tokens: 9, messages });
    expect(reply.status).toBe(200);
    expect(proxy.lastBody()).not.toContain(CARD);
    expect(proxy.lastBody()).toMatch(/MSKCARD\w{13}/);
  });

  it.each(POSITIONS)('is refused at %s when the policy says so', async (_name, path, messages) => {
    const asked = strict.upstream.requests.length;
    const reply = await strict.post(path, { model: 'm', max_tokens: 9, messages });
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining('credit-card')]);
    expect(strict.upstream.requests).toHaveLength(asked);
  });
});
