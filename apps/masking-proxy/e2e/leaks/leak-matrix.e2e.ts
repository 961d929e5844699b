import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { checkStream, type StreamDialect } from '@sallyport/testing';
import { MASTER_KEY, startProxy, type ProxyHarness } from '../proxy-harness';
import { ANTHROPIC_POSITIONS } from './anthropic-positions';
import { CHAT_POSITIONS } from './chat-positions';
import { echo } from './echo-upstream';
import type { LeakPosition } from './leak-position';
import { COMPLETIONS_POSITIONS, EMBEDDINGS_POSITIONS } from './other-positions';
import { PLANTED_TEXT, PLANTED_VALUES, TOKEN } from './planted';
import { readStream, readWhole } from './read-reply';
import { RESPONSES_POSITIONS } from './responses-positions';

type Encoding = readonly [name: string, encode: (body: Buffer) => Buffer];

const PLAIN: Encoding = ['identity', (body) => body];
const ENCODINGS: readonly Encoding[] = [
  PLAIN,
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
];

interface EncodedPosition extends LeakPosition {
  readonly whole: Encoding;
  readonly streamed: Encoding;
}

/**
 * Positions with an encoding for each of their bodies, by turns: what decodes a body knows nothing of positions, so that
 * every encoding need only meet every dialect, whole and streamed.
 */
function encoded(positions: readonly LeakPosition[]): EncodedPosition[] {
  const turn = (at: number): Encoding => ENCODINGS[at % ENCODINGS.length] as Encoding;
  return positions.map((position, at) => ({ ...position, whole: turn(at), streamed: turn(at + 1) }));
}

describe('the leak matrix', () => {
  let proxy: ProxyHarness;
  beforeAll(async () => {
    proxy = await startProxy();
    proxy.upstream.script(echo);
  });
  afterAll(() => proxy.close());

  async function send(path: string, body: string, [encoding, encode]: Encoding): Promise<string> {
    const reply = await fetch(proxy.url + path, {
      method: 'POST',
      body: new Uint8Array(encode(Buffer.from(body))),
      headers: {
        'content-type': 'application/json',
        'content-encoding': encoding,
        authorization: `Bearer ${MASTER_KEY}`,
      },
    });
    const text = await reply.text();
    expect([reply.status, text]).toEqual([200, text]);
    return text;
  }

  /** The upstream was sent the same members, and none of the values: not in the body, the path or a header. */
  function expectNothingLeaked(sent: string): void {
    const seen = proxy.upstream.requests.at(-1);
    const all = `${seen?.path}\n${JSON.stringify(seen?.headers)}\n${proxy.lastBody()}`;
    expect(PLANTED_VALUES.filter((value) => all.includes(value))).toEqual([]);
    expect(Object.keys(JSON.parse(proxy.lastBody()) as object)).toEqual(Object.keys(JSON.parse(sent) as object));
    proxy.upstream.requests.length = 0;
  }

  function expectRestored(text: string): void {
    expect(PLANTED_VALUES.filter((value) => !text.includes(value))).toEqual([]);
    expect(text).not.toMatch(TOKEN);
  }

  /** Sends a position, and looks at both directions. */
  async function cross(
    path: string,
    position: EncodedPosition,
    stream: boolean,
    dialect?: StreamDialect,
  ): Promise<void> {
    const sent = JSON.stringify({ ...position.body(PLANTED_TEXT), ...(stream && { stream }) });
    const raw = await send(path, sent, stream ? position.streamed : position.whole);
    expectNothingLeaked(sent);
    const { text, args } = stream ? readStream(raw) : readWhole(raw);
    expectRestored(text);
    if (dialect === undefined) return;
    if (stream) expect(checkStream(dialect, raw)).toEqual([]);
    const { list, inner } = JSON.parse(args) as { list: string[]; inner: string };
    expectRestored(list.join(' '));
    expect((JSON.parse(inner) as { tokens: string[] }).tokens).toEqual(list);
  }

  describe.each([
    ['anthropic-messages', '/v1/messages', ANTHROPIC_POSITIONS],
    ['openai-chat', '/v1/chat/completions', CHAT_POSITIONS],
    ['openai-responses', '/v1/responses', RESPONSES_POSITIONS],
  ] as const)('%s', (dialect, path, positions) => {
    it.each(encoded(positions))('$name, whole', (position) => cross(path, position, false, dialect));
    it.each(encoded(positions))('$name, streamed', (position) => cross(path, position, true, dialect));

    it('is tried at 40 positions or more', () => {
      const names = new Set(positions.map(({ name }) => name));
      expect(names.size).toBe(positions.length);
      expect(names.size).toBeGreaterThanOrEqual(40);
    });
  });

  describe('openai-completions', () => {
    it.each(encoded(COMPLETIONS_POSITIONS))('$name, whole', (position) => cross('/v1/completions', position, false));
    it.each(encoded(COMPLETIONS_POSITIONS))('$name, streamed', (position) => cross('/v1/completions', position, true));
  });

  describe.each([
    ['/v1/embeddings', EMBEDDINGS_POSITIONS],
    ['/v1/messages/count_tokens?beta=true', ANTHROPIC_POSITIONS],
    ['/v1/responses/compact', RESPONSES_POSITIONS],
    ['/v1/responses/input_tokens', RESPONSES_POSITIONS],
  ] as const)('%s', (path, positions) => {
    it.each(encoded(positions))('$name', async ({ body, whole }) => {
      const sent = JSON.stringify(body(PLANTED_TEXT));
      await send(path, sent, whole);
      expectNothingLeaked(sent);
    });
  });

  describe('other ways to the same routes', () => {
    it.each([
      ['/chat/completions', CHAT_POSITIONS],
      ['/openai/deployments/m/chat/completions?api-version=2024-10-21', CHAT_POSITIONS],
      ['/v1/engines/m/embeddings', EMBEDDINGS_POSITIONS],
      ['/engines/m/completions', COMPLETIONS_POSITIONS],
      ['/messages', ANTHROPIC_POSITIONS],
      ['/responses', RESPONSES_POSITIONS],
      ['/openai/v1/responses', RESPONSES_POSITIONS],
      ['/openai/responses?api-version=2025-04-01', RESPONSES_POSITIONS],
    ] as const)('%s is masked as well', async (path, [position]) => {
      const sent = JSON.stringify((position as LeakPosition).body(PLANTED_TEXT));
      await send(path, sent, PLAIN);
      expectNothingLeaked(sent);
    });
  });

  it('a body without findings leaves as the very bytes that came', async () => {
    const body =
      '{ "model":"m", "messages":[{"role":"user","content":"h\\u00e9llo"}], "seed":12345678901234567890,"x":1.0 }';
    await send('/v1/chat/completions', body, PLAIN);
    expect(proxy.lastBody()).toBe(body);
  });
});
