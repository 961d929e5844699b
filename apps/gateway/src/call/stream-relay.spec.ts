import { SallyportError, SseDecoder, type Dialect } from '@sallyport/dialects';
import { anthropicStream, openAiStream, responsesStream } from '@sallyport/testing';
import { streamFormOf, type StreamForm } from './stream-form';
import { StreamRelay, type StreamEnd } from './stream-relay';

const STREAMS: [Dialect, Buffer][] = [
  ['openai-chat', Buffer.from(openAiStream(['Grüße ', '🚀']).join(''))],
  ['openai-responses', Buffer.from(responsesStream(['Grüße ', '🚀']).join(''))],
  ['anthropic-messages', Buffer.from(anthropicStream(['Grüße ', '🚀']).join(''))],
];

function formOf(dialect: Dialect): StreamForm {
  return streamFormOf(dialect) as StreamForm;
}

interface Relayed {
  readonly bytes: Buffer;
  readonly ends: StreamEnd[];
}

async function* chunksOf(chunks: readonly Uint8Array[], error?: Error): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
  if (error !== undefined) throw error;
}

function relayOf(dialect: Dialect, chunks: AsyncIterable<Uint8Array>, ends: StreamEnd[], fail?: Error): StreamRelay {
  return new StreamRelay({
    form: formOf(dialect),
    requestId: 'request-1',
    chunks,
    maxRecordedBytes: 100_000,
    maxEventBytes: 100_000,
    signal: new AbortController().signal,
    onEnd: (end) => {
      ends.push(end);
      return fail === undefined ? Promise.resolve() : Promise.reject(fail);
    },
  });
}

async function relay(dialect: Dialect, chunks: AsyncIterable<Uint8Array>, fail?: Error): Promise<Relayed> {
  const ends: StreamEnd[] = [];
  const received = [];
  for await (const chunk of relayOf(dialect, chunks, ends, fail).stream()) received.push(Buffer.from(chunk));
  return { bytes: Buffer.concat(received), ends };
}

/** Data of the last event that a client reads. */
function lastEvent(bytes: Buffer): string {
  const decoder = new SseDecoder();
  const last = decoder.push(bytes).at(-1);
  expect(decoder.end()).toBeUndefined();
  return last?.data ?? '';
}

describe.each(STREAMS)('relay of %s', (dialect, stream) => {
  it('hands on the same bytes wherever they are cut', async () => {
    for (let at = 0; at <= stream.length; at += 1) {
      const { bytes, ends } = await relay(dialect, chunksOf([stream.subarray(0, at), stream.subarray(at)]));
      expect(bytes.equals(stream)).toBe(true);
      expect(ends.map(({ error }) => error)).toEqual([undefined]);
      expect(JSON.stringify(ends[0]?.reply.response)).toContain('Grüße 🚀');
    }
  });

  it.each([
    ['ends', undefined],
    ['breaks', new SallyportError('upstream_interrupted', 'reset')],
  ])('ends with an error that can be read, wherever the upstream %s', async (_how, error) => {
    // Behind its last data line the stream is complete, blank line or not.
    for (let at = 0; at < stream.length - 2; at += 1) {
      const { bytes, ends } = await relay(dialect, chunksOf([stream.subarray(0, at)], error));
      const told = JSON.parse(lastEvent(bytes)) as object;
      expect(dialect === 'openai-responses' ? told : (told as { error: object }).error).toMatchObject(
        dialect === 'openai-responses' ? { type: 'error', code: 'upstream_interrupted' } : { type: 'api_error' },
      );
      expect(ends).toMatchObject([{ error: { code: 'upstream_interrupted' } }]);
    }
  });

  it('takes a terminal event without its blank line, and adds the line', async () => {
    const { bytes, ends } = await relay(dialect, chunksOf([stream.subarray(0, -2)]));
    expect(bytes.equals(stream)).toBe(true);
    expect(ends).toMatchObject([{ error: undefined }]);
  });

  it('hands on and records nothing behind the terminal event, wherever the two are cut', async () => {
    const error = 'event: error\ndata: {"type":"error","error":{"type":"api_error","message":"late"}}\n\n';
    const behind = Buffer.concat([Buffer.from(error), stream.subarray(stream.lastIndexOf('\n\n', -3) + 2)]);
    const all = Buffer.concat([stream, behind]);
    for (let at = stream.length - 2; at <= all.length; at += 1) {
      const { bytes, ends } = await relay(dialect, chunksOf([all.subarray(0, at), all.subarray(at)]));
      expect(bytes.equals(stream)).toBe(true);
      expect(ends).toMatchObject([{ error: undefined, reply: { error: undefined } }]);
    }
  });

  it('holds back the terminal event alone while the record is written, also when all came at once', async () => {
    const events = eventsOf(stream);
    const written = Promise.withResolvers<void>();
    let isEnding = false;
    const bytes = new StreamRelay({
      form: formOf(dialect),
      requestId: 'r',
      chunks: chunksOf([stream]),
      maxRecordedBytes: 100_000,
      maxEventBytes: 100_000,
      signal: new AbortController().signal,
      onEnd: () => {
        isEnding = true;
        return written.promise;
      },
    }).stream();
    const first = await bytes.next();
    expect(first.value).toEqual(Buffer.concat(events.slice(0, -1)));
    expect(isEnding).toBe(false);
    const last = bytes.next();
    written.resolve();
    expect(Buffer.from((await last).value as Uint8Array)).toEqual(events.at(-1));
    expect((await bytes.next()).done).toBe(true);
  });

  it('gives an error in place of the end when the record cannot be written', async () => {
    const chunks = eventsOf(stream);
    const { bytes, ends } = await relay(dialect, chunksOf(chunks), new SallyportError('unavailable', 'disk full'));
    expect(lastEvent(bytes)).toContain('disk full');
    expect(bytes.includes(chunks.at(-1) ?? '')).toBe(false);
    expect(ends).toHaveLength(1);
  });

  it('tells its end once when nobody reads, or nobody reads on', async () => {
    const ends: StreamEnd[] = [];
    const unread = relayOf(dialect, chunksOf([stream]), ends);
    await unread.abandon();
    await unread.abandon();
    expect(ends).toMatchObject([{ error: { code: 'upstream_interrupted' } }]);
    const half = relayOf(dialect, chunksOf(eventsOf(stream)), ends);
    await half.stream().next();
    await half.abandon();
    expect(ends).toHaveLength(2);
  });

  it('records no more than it may, and hands on all', async () => {
    const ends: StreamEnd[] = [];
    const options = {
      form: formOf(dialect),
      maxEventBytes: 1e6,
      requestId: 'r',
      chunks: chunksOf([stream]),
      signal: new AbortController().signal,
    };
    const onEnd = (end: StreamEnd): Promise<void> => Promise.resolve(void ends.push(end));
    const received = [];
    for await (const chunk of new StreamRelay({ ...options, maxRecordedBytes: 1, onEnd }).stream())
      received.push(chunk);
    expect(Buffer.concat(received).equals(stream)).toBe(true);
    expect(ends[0]?.error).toBeUndefined();
    expect(JSON.stringify(ends[0]?.reply.response)).not.toContain('Grüße');
  });
});

/** The stream as one chunk for each of its events. */
function eventsOf(stream: Buffer): Buffer[] {
  return new SseDecoder().push(stream).map(({ raw }) => Buffer.from(raw));
}
