import { SallyportError } from '@sallyport/dialects';
import type { HttpHeaders, HttpReply } from '@sallyport/providers';
import type { AttemptDeadline } from './attempt-deadline';

/** A reply that was read to its end. */
export interface WholeReply {
  readonly kind: 'whole';
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Buffer;
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
 * @throws SallyportError `upstream_interrupted` when the stream ends before it began, `upstream_failed` when the reply
 * is larger than `maxBytes`, and what reading throws
 */
export async function receiveReply(
  reply: HttpReply,
  deadline: AttemptDeadline,
  maxBytes: number,
): Promise<UpstreamReply> {
  const { status, headers } = reply;
  const isStream = status < 400 && String(headers['content-type']).startsWith('text/event-stream');
  if (!isStream) {
    const body = await readWhole(reply.body, maxBytes);
    deadline.release();
    return { kind: 'whole', status, headers, body };
  }
  const iterator = reply.body[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) throw new SallyportError('upstream_interrupted', 'The upstream sent an empty stream');
  deadline.lift();
  const chunks = resume(first.value, iterator);
  return { kind: 'stream', status, headers, chunks, firstByteAt: Date.now(), deadline };
}

async function readWhole(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new SallyportError('upstream_failed', `The reply is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

async function* resume(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
