import { gzipSync } from 'node:zlib';
import { startProbe, type Probe } from './probe-app.harness';

describe('JSON bodies', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe({ maxBodyDepth: 512 });
  });
  afterAll(() => probe.app.close());

  async function answerTo(
    body: string | Buffer<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<[number, string?]> {
    const all = { 'content-type': 'application/json', 'x-api-key': 'key-1', ...headers };
    const reply = await fetch(`${probe.app.url}/echo`, { method: 'POST', body, headers: all });
    const { error } = (await reply.json()) as { error?: { code: string } };
    return error === undefined ? [reply.status] : [reply.status, error.code];
  }
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

  it('may nest 512 levels deep, and no deeper', async () => {
    expect(await answerTo(nested(512))).toEqual([200]);
    expect(await answerTo(nested(513))).toEqual([422, 'invalid_json']);
    expect(await answerTo('{"a":'.repeat(513) + '1' + '}'.repeat(513))).toEqual([422, 'invalid_json']);
    expect(await answerTo('['.repeat(200_000))).toEqual([422, 'invalid_json']);
  });

  it('may hold any number of brackets next to each other or in texts', async () => {
    expect(await answerTo(JSON.stringify(Array.from({ length: 1000 }, () => [{}])))).toEqual([200]);
    expect(await answerTo(JSON.stringify({ text: `"\\${'['.repeat(2000)}` }))).toEqual([200]);
  });

  it('must not begin with a byte order mark', async () => {
    expect(await answerTo('\uFEFF{}')).toEqual([422, 'invalid_json']);
  });

  it.each(['application/json', 'application/vnd.api+json; profile=x', 'Application/JSON; charset="UTF-8"'])(
    'are read as %s',
    async (type) => {
      expect(await answerTo('{}', { 'content-type': type })).toEqual([200]);
    },
  );

  it.each(['application/json-patch', 'application/jsonx', 'application/json; charset=utf-16', 'text/json'])(
    'are refused as %s',
    async (type) => {
      expect(await answerTo('{}', { 'content-type': type })).toEqual([415, 'unsupported_media_type']);
    },
  );

  it('are refused in an encoding that nobody has undone', async () => {
    expect(await answerTo(gzipSync('{}'), { 'content-encoding': 'gzip' })).toEqual([415, 'unsupported_media_type']);
    expect(await answerTo('{}', { 'content-encoding': 'identity' })).toEqual([200]);
  });
});
