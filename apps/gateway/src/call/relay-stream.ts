import {
  createStreamObserver,
  SallyportError,
  SseDecoder,
  SseEventTooLargeError,
  streamErrorEvent,
  type Dialect,
  type ReplySummary,
} from '@sallyport/dialects';

/** How a relayed stream ended. */
export interface StreamEnd {
  readonly reply: ReplySummary;
  /** Undefined when the upstream's terminal event arrived. */
  readonly error: SallyportError | undefined;
}

export interface RelayOptions {
  readonly dialect: Dialect;
  readonly requestId: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Tells why the call ended, should it end early. */
  readonly signal: AbortSignal;
  /**
   * Called exactly once, when it is known how the stream ended. The client gets the end of the stream only after it
   * has resolved; when it rejects, the client gets an error instead.
   */
  readonly onEnd: (end: StreamEnd) => Promise<void>;
}

/**
 * Hands a stream on as the bytes that arrive, and watches them pass. The chunk with the terminal event waits until
 * `onEnd` has resolved. A stream that breaks off ends with the dialect's error event, so that it never looks complete.
 */
export async function* relayStream(options: RelayOptions): AsyncGenerator<Uint8Array> {
  const { dialect, requestId, chunks, signal } = options;
  const observer = createStreamObserver(dialect);
  const decoder = new SseDecoder();
  let ended = false;
  let complete = false;
  const end = (error: SallyportError | undefined): Promise<void> => {
    ended = true;
    return options.onEnd({ reply: observer.summary(), error });
  };
  try {
    for await (const chunk of chunks) {
      let terminal = false;
      for (const event of decoder.push(chunk)) terminal = observer.observe(event) || terminal;
      if (terminal && !complete) {
        await end(undefined);
        complete = true;
      }
      yield chunk;
    }
    if (complete) return;
    const upstreamSaid = observer.summary().error;
    await end(interrupted());
    // An upstream that has told the client of its failure itself needs no second word from us.
    if (upstreamSaid === undefined) yield streamErrorEvent(dialect, interrupted(), requestId);
  } catch (error) {
    if (complete) return;
    const failure = toFailure(error);
    if (!ended) await end(failure).catch(() => undefined);
    yield streamErrorEvent(dialect, failure, requestId);
  } finally {
    // Left early: whoever reads has gone away.
    if (!ended) await end(signal.reason instanceof SallyportError ? signal.reason : interrupted());
  }
}

function interrupted(): SallyportError {
  return new SallyportError('upstream_interrupted', 'The upstream’s stream ended before it was complete', {
    retryable: true,
  });
}

function toFailure(error: unknown): SallyportError {
  if (error instanceof SallyportError) return error;
  if (error instanceof SseEventTooLargeError) return new SallyportError('upstream_interrupted', error.message);
  return new SallyportError('internal', 'Something went wrong on our side', { cause: error });
}
