import {
  anthropicReply,
  anthropicStream,
  openAiReply,
  openAiStream,
  type RecordedRequest,
  type ScriptedReply,
} from '@sallyport/testing';
import { ANTHROPIC_POSITIONS, OPENAI_POSITIONS, type LeakPosition } from './leak-matrix';
import { startProxy, type ProxyHarness } from './proxy-harness';

/** A text with every kind of value, and what of it must not arrive. */
const PLANTED = [
  'i-0a1b2c3d4e5f60718',
  'vpc-1a2b3c4d',
  'AKIAQ3EGT5RZ2MNB7KLP',
  '210987654321',
  'DeployRole',
  'acme-prod-logs',
  'jane.doe@example.com',
];
const TEXT =
  `${PLANTED[0]}, ${PLANTED[1]}; key ${PLANTED[2]} arn:aws:iam::${PLANTED[3]}:role/${PLANTED[4]} ` +
  `s3://${PLANTED[5]}/key <${PLANTED[6]}>`;

const TOKEN = /MSK[A-Z][A-Z0-9]{3}[0-9A-Z]{13}/g;

/** An upstream that says back every token that it was sent, whole or in pieces of a few characters. */
function echo(request: RecordedRequest): ScriptedReply {
  const body = request.body.toString('utf8');
  const text = `값 ${Array.from(new Set(body.match(TOKEN) ?? [])).join(' ')}.`;
  const pieces = text.match(/[^]{1,6}/gu) ?? [];
  const anthropic = request.path.startsWith('/v1/messages');
  if (!body.includes('"stream":true')) return { body: anthropic ? anthropicReply(text) : openAiReply(text) };
  return { chunks: anthropic ? anthropicStream(pieces) : openAiStream(pieces) };
}

/** The reply as a client reads it: one string, streamed parts joined. */
async function textOf(reply: Response): Promise<string> {
  const raw = await reply.text();
  expect([reply.status, raw]).toEqual([200, raw]);
  const strings = raw.match(/"(?:text|content)":"(?:[^"\\]|\\.)*"/g) ?? [];
  return strings.map((item) => String(JSON.parse(item.slice(item.indexOf(':') + 1)))).join('');
}

describe('what the upstream sees', () => {
  let proxy: ProxyHarness;
  beforeAll(async () => {
    proxy = await startProxy();
    proxy.upstream.script(echo);
  });
  afterAll(() => proxy.close());

  const cases = (path: string, positions: readonly LeakPosition[]) =>
    positions.flatMap(({ name, body }) => [
      { path, name, stream: false, body },
      { path, name, stream: true, body },
    ]);

  it.each([
    ...cases('/v1/messages', ANTHROPIC_POSITIONS),
    ...cases('/v1/messages/count_tokens?beta=true', ANTHROPIC_POSITIONS).filter(({ stream }) => !stream),
    ...cases('/v1/chat/completions', OPENAI_POSITIONS),
  ])(
    '$path, $name (stream: $stream): holds none of the values, and the reply all of them',
    async ({ path, stream, body }) => {
      const sent = JSON.stringify({ ...body(TEXT), ...(stream ? { stream } : {}) });
      const reply = await proxy.post(path, sent);
      const text = await textOf(reply);
      const seen = proxy.lastBody();
      for (const value of PLANTED) {
        expect(seen).not.toContain(value);
        expect(text).toContain(value);
      }
      expect(text).not.toMatch(TOKEN);
      expect(Object.keys(JSON.parse(seen) as object)).toEqual(Object.keys(JSON.parse(sent) as object));
    },
  );

  it('covers at least 40 positions of the two dialects', () => {
    expect(ANTHROPIC_POSITIONS.length + OPENAI_POSITIONS.length).toBeGreaterThanOrEqual(40);
  });

  it('gets a body without findings as the very bytes that the client sent', async () => {
    const body =
      '{ "model":"m", "messages":[{"role":"user","content":"h\\u00e9llo"}], "seed":12345678901234567890,"x":1.0 }';
    await (await proxy.post('/v1/chat/completions', body)).text();
    expect(proxy.lastBody()).toBe(body);
  });

  it('gets the same bytes for a history in every turn', async () => {
    const turn = [{ role: 'user', content: TEXT }];
    await (await proxy.post('/v1/chat/completions', { model: 'm', messages: turn })).text();
    const first = proxy.lastBody();
    await (
      await proxy.post('/v1/chat/completions', { model: 'm', messages: [...turn, { role: 'user', content: 'more' }] })
    ).text();
    expect(proxy.lastBody().startsWith(first.slice(0, -'}]}'.length))).toBe(true);
  });
});
