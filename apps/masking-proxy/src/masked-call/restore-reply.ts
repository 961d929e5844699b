import { isDialect, SallyportError, SseEventTooLargeError, streamErrorEvent } from '@sallyport/dialects';
import type { MaskedEndpoint, ReplyRestorer } from '@sallyport/masking';
import type { HttpReply } from '@sallyport/providers';

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
  const bytes = Buffer.concat(chunks, size);
  const text = bytes.toString('utf8');
  const restored = restorer.body(text);
  // Bytes that are no UTF-8 would not survive the way there and back.
  return restored === text ? bytes : Buffer.from(restored);
}

/** What a stream is restored with. */
interface StreamRestoration {
  readonly endpoint: MaskedEndpoint;
  readonly requestId: string;
  readonly restorer: ReplyRestorer;
  /** Largest event that is accepted, in bytes. */
  readonly maxEventBytes: number;
  /** Keeps what the next request may need; a client that has seen the end may send it at once. */
  readonly remember: () => Promise<void>;
  /** Told once when the stream is over, also when it broke off or its client went away. */
  readonly ended: () => void;
}

/**
 * Restores a stream as it arrives. One that breaks off ends with the dialect's error event, so that it never looks
 * complete.
 */
export async function* restoreStream(
  body: AsyncIterable<Uint8Array>,
  restoration: StreamRestoration,
): AsyncGenerator<Uint8Array> {
  const stream = restoration.restorer.stream(restoration.maxEventBytes);
  let remembered = false;
  const remember = async (): Promise<void> => {
    if (remembered) return;
    remembered = true;
    await restoration.remember();
  };
  try {
    for await (const chunk of body) {
      const ready = stream.push(chunk);
      if (stream.complete) await remember();
      if (ready.length > 0) yield Buffer.concat(ready);
    }
    const rest = stream.end();
    await remember();
    yield Buffer.concat(rest);
  } catch (error) {
    const rest = stream.breakOff();
    await remember();
    const dialect = isDialect(restoration.endpoint) ? restoration.endpoint : 'openai-chat';
    yield Buffer.concat([
      ...rest,
      streamErrorEvent(dialect, toFailure(error), restoration.requestId, stream.nextSequenceNumber),
    ]);
  } finally {
    restoration.ended();
  }
}

function toFailure(error: unknown): SallyportError {
  if (error instanceof SallyportError) return error;
  if (error instanceof SseEventTooLargeError) return new SallyportError('upstream_interrupted', error.message);
  return new SallyportError('internal', 'Something went wrong on our side', { cause: error });
}
