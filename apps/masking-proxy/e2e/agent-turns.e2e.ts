import {
  anthropicBlockStream,
  openAiDeltaStream,
  responsesItemStream,
  type RecordedRequest,
  type ScriptedReply,
} from '@sallyport/testing';
import { shareProxy } from './proxy-harness';

const TURNS = 10;
const FIRST = `Fix i-0a1b2c3d4e5f60718 of jane.doe@example.com; DB_PASSWORD=mN8vR2xQ7tLp4`;
/** What a tool answers in a turn: new values, and ones that were there before. */
const resultOf = (turn: number): string =>
  `{"InstanceId":"i-${String(turn).padStart(17, '0')}","Owner":"user${turn}@example.com","Seen":"jane.doe@example.com"}`;

const tokensIn = (text: string): string[] => [...new Set(text.match(/MSK[A-Z0-9]{17}/g) ?? [])];
const piecesOf = (text: string): string[] => text.match(/[^]{1,9}/gu) ?? [];

/** What the model says in a turn: tokens, one of them in lower case, and values of its own accord. */
function sayingOf({ body }: RecordedRequest): { text: string; args: string } {
  const tokens = tokensIn(body.toString('utf8'));
  const own = `model-made-${tokens.length}@example.org`;
  return {
    text: `Looking at ${tokens.join(', ')} (${tokens.at(-1)?.toLowerCase()}), I ask ${own}. 값`,
    args: JSON.stringify({ ids: tokens, note: `"${tokens[0]}"\n${own}`, inner: JSON.stringify({ id: tokens.at(-1) }) }),
  };
}

describe('an agent', () => {
  const proxy = shareProxy();

  /**
   * Goes through ten turns of an agent: every masked body begins with the whole of the one before, but for its end, and
   * holds what the model said to the letter.
   */
  async function expectStablePrefix(
    path: string,
    reply: (request: RecordedRequest) => ScriptedReply,
    next: (raw: string, turn: number) => unknown[],
    member: 'messages' | 'input',
    first: unknown[],
  ): Promise<void> {
    proxy().upstream.script(reply);
    let history = first;
    for (let turn = 1; turn <= TURNS; turn += 1) {
      const body = JSON.stringify({ model: 'm', max_tokens: 99, stream: true, [member]: history });
      const raw = await (await proxy().post(path, body)).text();
      expect(raw).not.toMatch(/MSK[A-Z0-9]{17}/);
      history = [...history, ...next(raw, turn)];
    }
    const bodies = proxy().upstream.requests.map(({ body }) => body.toString('utf8'));
    expect(bodies).toHaveLength(TURNS);
    for (const [index, body] of bodies.entries()) {
      expect(body).not.toMatch(/jane\.doe|mN8vR2xQ7tLp4|user\d+@|i-0{10}/);
      const before = bodies[index - 1];
      if (before === undefined) continue;
      expect(body.startsWith(before.slice(0, -']}'.length))).toBe(true);
      const { text, args } = sayingOf(proxy().upstream.requests[index - 1] as RecordedRequest);
      expect(body).toContain(JSON.stringify(text));
      expect(body).toContain(path === '/v1/messages' ? args : JSON.stringify(args));
    }
  }

  interface Event {
    readonly [member: string]: unknown;
    readonly delta?: { readonly text?: string; readonly partial_json?: string };
    readonly choices?: { delta: { content?: string; tool_calls?: { function: { arguments: string } }[] } }[];
    readonly response?: { readonly output: unknown[] };
  }

  const eventsOf = (raw: string): Event[] =>
    Array.from(raw.matchAll(/^data: (\{.*)$/gm), ([, data]) => JSON.parse(data as string) as Event);

  describe('ten turns of an agent', () => {
    it('of Anthropic’s kind keep their prefix', async () => {
      const reply = (request: RecordedRequest): ScriptedReply => {
        const { text, args } = sayingOf(request);
        const words = piecesOf(text).map((part) => ({ type: 'text_delta', text: part }));
        const input = piecesOf(args).map((part) => ({ type: 'input_json_delta', partial_json: part }));
        const start = { type: 'tool_use', id: 'toolu', name: 'describe', input: {} };
        const blocks = [
          { start: { type: 'text', text: '' }, deltas: words },
          { start, deltas: input },
        ];
        return { chunks: anthropicBlockStream(blocks, 'tool_use') };
      };
      const next = (raw: string, turn: number): unknown[] => {
        const deltas = eventsOf(raw).flatMap(({ delta }) => delta ?? []);
        const text = deltas.map((delta) => delta.text ?? '').join('');
        const input = JSON.parse(deltas.map((delta) => delta.partial_json ?? '').join('')) as object;
        return [
          {
            role: 'assistant',
            content: [
              { type: 'text', text },
              { type: 'tool_use', id: 'toolu', name: 'describe', input },
            ],
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu', content: resultOf(turn) }] },
        ];
      };
      await expectStablePrefix('/v1/messages', reply, next, 'messages', [{ role: 'user', content: FIRST }]);
    });

    it('of OpenAI’s kind keep their prefix', async () => {
      const reply = (request: RecordedRequest): ScriptedReply => {
        const { text, args } = sayingOf(request);
        const start = { index: 0, id: 'call', type: 'function', function: { name: 'describe', arguments: '' } };
        const calls = [start, ...piecesOf(args).map((part) => ({ index: 0, function: { arguments: part } }))];
        const deltas = [
          ...piecesOf(text).map((content) => ({ content })),
          ...calls.map((item) => ({ tool_calls: [item] })),
        ];
        return { chunks: openAiDeltaStream(deltas, 'tool_calls') };
      };
      const next = (raw: string, turn: number): unknown[] => {
        const deltas = eventsOf(raw).flatMap(({ choices }) => choices?.[0]?.delta ?? []);
        const content = deltas.map((delta) => delta.content ?? '').join('');
        const args = deltas.map(({ tool_calls: calls }) => calls?.[0]?.function.arguments ?? '').join('');
        const call = { id: 'call', type: 'function', function: { name: 'describe', arguments: args } };
        return [
          { role: 'assistant', content, tool_calls: [call] },
          { role: 'tool', tool_call_id: 'call', content: resultOf(turn) },
        ];
      };
      await expectStablePrefix('/v1/chat/completions', reply, next, 'messages', [{ role: 'user', content: FIRST }]);
    });

    it('of the Responses API keep their prefix', async () => {
      const reply = (request: RecordedRequest): ScriptedReply => {
        const { text, args } = sayingOf(request);
        const call = { type: 'call', callId: 'call', name: 'describe', parts: piecesOf(args) } as const;
        return { chunks: responsesItemStream([{ type: 'text', parts: piecesOf(text) }, call]) };
      };
      const next = (raw: string, turn: number): unknown[] => {
        const output = eventsOf(raw).at(-1)?.response?.output ?? [];
        return [...output, { type: 'function_call_output', call_id: 'call', output: resultOf(turn) }];
      };
      await expectStablePrefix('/v1/responses', reply, next, 'input', [{ role: 'user', content: FIRST }]);
    });
  });
});
