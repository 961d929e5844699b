import { isObject, parseJson, SallyportError, SseDecoder, type TokenUsage } from '@sallyport/dialects';
import type { HttpHeaders, HttpReply } from '@sallyport/providers';
import type { AttemptDeadline } from './attempt-deadline';
import { errorStatusIn } from './error-in-reply';

/** A reply that was read to its end. */
export interface WholeReply {
  readonly kind: 'whole';
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Buffer;
  /** The body's JSON; undefined when it is none, as the error page of a proxy. */
  readonly value: unknown;
  /** What the upstream said of its tokens, where the body says it in other words. */
  readonly usage?: TokenUsage | undefined;
}

/** A stream of events that has begun; the rest comes as it is read. */
export interface StreamedReply {
  readonly kind: 'stream';
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly firstByteAt: number;
  readonly deadline: AttemptDeadline;
  readonly usage?: () => TokenUsage | undefined;
}

/** Sound, an image, a file: bytes that are handed on as they come. */
export interface BinaryReply {
  readonly kind: 'binary';
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly firstByteAt: number;
  readonly deadline: AttemptDeadline;
}

export type UpstreamReply = WholeReply | StreamedReply | BinaryReply;

export interface ReceiveOptions {
  /** Largest reply that is read as a whole, in bytes. */
  readonly maxBytes: number;
  readonly maxStreamEventBytes: number;
  /** Longest wait for the first event of a stream, in milliseconds; then the client is told that it has begun. */
  readonly patienceMs: number;
  /**
   * What a good reply may be beside a stream of events: a JSON `object`, JSON or anything `else` (sound, text), or
   * `bytes` that are nobody's business even where they are JSON.
   */
  readonly takes: 'object' | 'else' | 'bytes';
}

/**
 * Reads a reply as far as it must be before it is the one: to its end, or for a stream to its first event. Until then
 * another upstream may still take over without the client noticing. A reply that says 200 and carries an error gets
 * the status of that error.
 *
 * @throws SallyportError `upstream_interrupted` when a stream ends before it began, `upstream_failed` when the reply is
 * none of the API (a redirect, a page, no JSON) or too large, and what reading throws; all retryable
 */
export async function receiveReply(
  reply: HttpReply,
  deadline: AttemptDeadline,
  options: ReceiveOptions,
): Promise<UpstreamReply> {
  const { status, headers } = reply;
  if (status < 200 || (status >= 300 && status < 400)) throw noReply(`status ${status}`);
  const type = String(headers['content-type'] ?? '');
  if (status < 300 && /^text\/event-stream\b/i.test(type)) return beginStream(reply, deadline, options);
  const isJson = /^application\/json\b/i.test(type) && options.takes !== 'bytes';
  if (status < 300 && options.takes !== 'object' && !isJson) return beginBytes(reply, deadline);
  const body = await readWhole(reply.body, options.maxBytes);
  const value = parseJson(body.toString('utf8'));
  if (status < 300 && !isObject(value) && options.takes === 'object') throw noReply('a body that is no JSON object');
  deadline.release();
  const inner = status < 300 ? errorStatusIn(value) : undefined;
  return { kind: 'whole', status: inner ?? status, headers, body, value };
}

async function beginBytes({ status, headers, body }: HttpReply, deadline: AttemptDeadline): Promise<BinaryReply> {
  const iterator = body[Symbol.asyncIterator]();
  const first = await iterator.next();
  deadline.lift();
  const chunks = resume(first.done === true ? [] : [first.value], iterator);
  return { kind: 'binary', status, headers, chunks, firstByteAt: Date.now(), deadline };
}

/** Comments do not count as a beginning: an upstream may send them for a while and fail then. */
async function beginStream(
  { status, headers, body }: HttpReply,
  deadline: AttemptDeadline,
  { maxStreamEventBytes, patienceMs }: ReceiveOptions,
): Promise<UpstreamReply> {
  const iterator = body[Symbol.asyncIterator]();
  // What has arrived is counted here, comments included, so the decoder needs no limit of its own.
  const decoder = new SseDecoder(Infinity);
  const arrived: Uint8Array[] = [];
  let size = 0;
  const patience = new Patience(patienceMs);
  try {
    for (;;) {
      const pending = iterator.next();
      const next = await Promise.race([pending, patience.over]);
      if (next === undefined) {
        const chunks = resume(arrived, iterator, pending, () => deadline.lift());
        return { kind: 'stream', status, headers, chunks, firstByteAt: Date.now(), deadline };
      }
      if (next.done === true) {
        if (arrived.length > 0) break;
        throw new SallyportError('upstream_interrupted', 'The upstream sent an empty stream', { retryable: true });
      }
      arrived.push(next.value);
      size += next.value.length;
      const event = decoder.push(next.value).find(({ data }) => data !== undefined);
      if (event?.data === undefined) {
        if (size > maxStreamEventBytes) throw noReply(`no event within ${maxStreamEventBytes} bytes of its stream`);
        continue;
      }
      const value = parseJson(event.data);
      const failure = errorStatusIn(value);
      if (failure === undefined) break;
      const errorBody = Buffer.from(event.data);
      deadline.cancelAfter(0);
      return { kind: 'whole', status: failure, headers: JSON_HEADERS, body: errorBody, value };
    }
  } finally {
    patience.end();
  }
  deadline.lift();
  const chunks = resume(arrived, iterator);
  return { kind: 'stream', status, headers, chunks, firstByteAt: Date.now(), deadline };
}

const JSON_HEADERS: HttpHeaders = { 'content-type': 'application/json' };

/** A wait that ends with undefined. */
class Patience {
  readonly over: Promise<undefined>;
  private timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.over = new Promise((resolve) => {
      this.timer = setTimeout(() => resolve(undefined), ms);
    });
  }

  end(): void {
    clearTimeout(this.timer);
  }
}

async function readWhole(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw noReply(`a body of more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** What has arrived, then the rest. `pending` is a read that is under way. */
async function* resume(
  arrived: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
  pending = undefined as Promise<IteratorResult<Uint8Array>> | undefined,
  onBegin: () => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield* arrived;
    let next = await (pending ?? rest.next());
    onBegin();
    for (; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    void readOut(rest);
  }
}

/** Reads what nobody wants, so that the connection can be used again; the attempt's deadline ends it otherwise. */
async function readOut(rest: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    while ((await rest.next()).done !== true);
  } catch {
    // The stream was over for the client already: how its connection ends matters to nobody.
  }
}

function noReply(what: string): SallyportError {
  return new SallyportError('upstream_failed', `The upstream answered with ${what}`, { retryable: true });
}
