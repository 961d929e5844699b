import {
  SallyportError,
  SseDecoder,
  SseEventTooLargeError,
  type ReplySummary,
  type SseEvent,
} from '@sallyport/dialects';
import type { StreamForm } from './stream-form';

/** How a relayed stream ended. */
export interface StreamEnd {
  readonly reply: ReplySummary;
  /** Undefined when the upstream's terminal event arrived. */
  readonly error: SallyportError | undefined;
}

export interface RelayOptions {
  readonly form: StreamForm;
  readonly requestId: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes of the stream after which no more of it is recorded; it is handed on all the same. */
  readonly maxRecordedBytes: number;
  /** Largest single event, in bytes. */
  readonly maxEventBytes: number;
  /** Events that are observed and recorded, but not handed on. */
  readonly hides?: ((event: SseEvent) => boolean) | undefined;
  /** Tells why the call ended, should it end early. */
  readonly signal: AbortSignal;
  /**
   * Called exactly once, when it is known how the stream ended. The client gets the end of the stream only after it
   * has resolved; when it rejects, the client gets an error instead.
   */
  readonly onEnd: (end: StreamEnd) => Promise<void>;
}

/**
 * Hands a stream on as the bytes that arrive, and watches them pass. Events go out whole: the torn half of one would
 * swallow the error event behind it. The terminal event waits until `onEnd` has resolved, and is the last that is
 * handed on. A stream that breaks off ends with the dialect's error event, so that it never looks complete.
 */
export class StreamRelay {
  private readonly decoder: SseDecoder;
  private ending: Promise<void> | undefined;
  private recorded = 0;

  constructor(private readonly options: RelayOptions) {
    this.decoder = new SseDecoder(options.maxEventBytes);
  }

  /** The bytes for the client; may be read once. */
  async *stream(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.options.chunks) {
        const events = this.decoder.push(chunk);
        const terminal = this.observe(events);
        const shown = this.shown(terminal === undefined ? events : events.slice(0, events.indexOf(terminal)));
        if (shown.length > 0) yield joined(shown);
        if (terminal === undefined) continue;
        await this.end(undefined);
        yield terminal.raw;
        return;
      }
      yield* this.finish(this.decoder.end());
    } catch (error) {
      yield await this.fail(toFailure(error));
    }
  }

  /** Says that nobody will read on; does nothing when the stream has ended. */
  async abandon(): Promise<void> {
    if (this.ending !== undefined) return;
    const { reason } = this.options.signal as { reason: unknown };
    await this.end(reason instanceof SallyportError ? reason : interrupted());
  }

  /** Follows the events up to the terminal one, which it returns; what an upstream says behind that is for nobody. */
  private observe(events: readonly SseEvent[]): SseEvent | undefined {
    return events.find((event) => {
      this.recorded += event.raw.length;
      if (this.recorded > this.options.maxRecordedBytes) this.options.form.observer.stopRecording();
      return this.options.form.observer.observe(event);
    });
  }

  private shown(events: readonly SseEvent[]): readonly SseEvent[] {
    const { hides } = this.options;
    return hides === undefined ? events : events.filter((event) => !hides(event));
  }

  /** The upstream has stopped: well, if what it left without a blank line is its terminal event. */
  private async *finish(last: SseEvent | undefined): AsyncGenerator<Uint8Array> {
    // What the torn last event says does not count: the client never gets it.
    const upstreamSaid = this.options.form.observer.summary().error;
    if (last !== undefined && this.observe([last]) !== undefined) {
      await this.end(undefined);
      yield Buffer.concat([last.raw, Buffer.from('\n\n')]);
      return;
    }
    const errorEvent = await this.fail(interrupted());
    // An upstream that has told the client of its failure itself needs no second word from us.
    if (upstreamSaid === undefined) yield errorEvent;
  }

  private async fail(error: SallyportError): Promise<Uint8Array> {
    const { form, requestId } = this.options;
    if (this.ending !== undefined) return form.errorEvent(error, requestId);
    const told = await this.end(error).then(() => error, toFailure);
    return form.errorEvent(told, requestId);
  }

  private end(error: SallyportError | undefined): Promise<void> {
    this.ending ??= this.options.onEnd({ reply: this.options.form.observer.summary(), error });
    return this.ending;
  }
}

function joined(events: readonly SseEvent[]): Uint8Array {
  const [first] = events;
  return events.length === 1 && first !== undefined ? first.raw : Buffer.concat(events.map(({ raw }) => raw));
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
