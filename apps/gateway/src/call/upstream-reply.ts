import { isObject, parseJson, SallyportError } from '@sallyport/dialects';
import type { HttpHeaders, HttpReply } from '@sallyport/providers';
import type { AttemptDeadline } from './attempt-deadline';

/** A reply that was read to its end. */
export interface WholeReply {
  readonly kind: 'whole';
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Buffer;
  /** The body's JSON; undefined when it is none, as the error page of a proxy. */
  readonly value: unknown;
}

/** A stream of which the first bytes have arrived; the rest comes as it is read. */
export interface StreamedReply {
  readonly kind: 'stream';
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly chunks: AsyncGenerator<Uint8Array>;
  readonly firstByteAt: number;
  readonly deadline: AttemptDeadline;
}

export type UpstreamReply = WholeReply | StreamedReply;

/**
 * Reads a reply as far as it must be before it is the one: to its end, or for a stream to its first byte. Until then
 * another upstream may still take over without the client noticing.
 *
 * @param maxBytes largest reply that is read as a whole
 * @throws SallyportError `upstream_interrupted` when a stream ends before it began, `upstream_failed` when the reply is
 * none of the API (a redirect, a page, no JSON) or larger than `maxBytes`, and what reading throws; all retryable
 */
export async function receiveReply(
  reply: HttpReply,
  deadline: AttemptDeadline,
  maxBytes: number,
): Promise<UpstreamReply> {
  const { status, headers } = reply;
  if (status < 200 || (status >= 300 && status < 400)) throw noReply(`status ${status}`);
  if (status < 300 && /^text\/event-stream\b/i.test(String(headers['content-type']))) {
    return beginStream(reply, deadline);
  }
  const body = await readWhole(reply.body, maxBytes);
  const value = parseJson(body.toString('utf8'));
  if (status < 300 && !isObject(value)) throw noReply('a body that is no JSON object');
  deadline.release();
  return { kind: 'whole', status, headers, body, value };
}

async function beginStream({ status, headers, body }: HttpReply, deadline: AttemptDeadline): Promise<StreamedReply> {
  const iterator = body[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) {
    throw new SallyportError('upstream_interrupted', 'The upstream sent an empty stream', { retryable: true });
  }
  deadline.lift();
  const chunks = resume(first.value, iterator);
  return { kind: 'stream', status, headers, chunks, firstByteAt: Date.now(), deadline };
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

async function* resume(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
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
