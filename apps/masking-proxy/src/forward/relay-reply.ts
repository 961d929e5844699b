import { isDialect, SallyportError, SseEventTooLargeError, streamErrorEvent } from '@sallyport/dialects';
import type { ReplyRestorer, MaskedEndpoint } from '@sallyport/masking';
import type { HttpReply } from '@sallyport/providers';

export type ReplyForm = 'same-bytes' | 'stream' | 'text';

const TEXT_TYPE = /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:json|xml)\b)/i;

/**
 * How a reply that may hold tokens is read: as a stream of events, as a whole text, or not at all because it is no
 * text. A reply without a content type is what the client asked for.
 *
 * @throws SallyportError `upstream_failed` when the reply is encoded although plain bytes were asked for
 */
export function formOf({ headers }: HttpReply, streamRequested: boolean): ReplyForm {
  const encoding = String(headers['content-encoding'] ?? 'identity');
  if (encoding !== 'identity') {
    throw new SallyportError('upstream_failed', 'The upstream encoded its reply although it was asked not to');
  }
  const type = String(headers['content-type'] ?? (streamRequested ? 'text/event-stream' : 'application/json'));
  if (type.startsWith('text/event-stream')) return 'stream';
  return TEXT_TYPE.test(type) ? 'text' : 'same-bytes';
}

/**
 * Reads a reply to its end and restores it.
 *
 * @param maxBytes largest reply that is read as a whole
 * @throws SallyportError `upstream_failed` when it is larger, and what reading throws
 */
export async function restoreText(reply: HttpReply, restorer: ReplyRestorer, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of reply.body) {
    size += chunk.length;
    if (size > maxBytes) throw new SallyportError('upstream_failed', `The reply is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.from(restorer.body(Buffer.concat(chunks, size).toString('utf8')));
}

/** What a stream needs to be handed on. */
export interface StreamRelay {
  readonly dialect: MaskedEndpoint;
  readonly requestId: string;
  readonly restorer: ReplyRestorer;
  /** Largest event that is accepted, in bytes. */
  readonly maxEventBytes: number;
}

/**
 * Restores a stream as it arrives. One that breaks off ends with the dialect's error event, so that it never looks
 * complete.
 */
export async function* restoreStream(body: AsyncIterable<Uint8Array>, relay: StreamRelay): AsyncGenerator<Uint8Array> {
  const stream = relay.restorer.stream(relay.maxEventBytes);
  try {
    for await (const chunk of body) {
      const ready = stream.push(chunk);
      if (ready.length > 0) yield Buffer.concat(ready);
    }
    yield Buffer.concat(stream.end());
  } catch (error) {
    yield streamErrorEvent(isDialect(relay.dialect) ? relay.dialect : 'openai-chat', toFailure(error), relay.requestId);
  }
}

function toFailure(error: unknown): SallyportError {
  if (error instanceof SallyportError) return error;
  if (error instanceof SseEventTooLargeError) return new SallyportError('upstream_interrupted', error.message);
  return new SallyportError('internal', 'Something went wrong on our side', { cause: error });
}
