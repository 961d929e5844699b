import { SallyportError } from '@sallyport/dialects';
import type { CallLife } from './call-life';

/** Ends an attempt when it takes too long, or when the call that it belongs to ends. */
export class AttemptDeadline {
  private readonly abort = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly call: AbortSignal;
  private readonly onCallEnd: () => void;

  /** @param outlivesClient whether the reply is read to its end when the client has gone */
  constructor(
    life: CallLife,
    readonly limitMs: number,
    readonly outlivesClient: boolean,
  ) {
    this.call = outlivesClient ? life.cut : life.unwanted;
    this.onCallEnd = () => this.abort.abort(this.call.reason);
    if (this.call.aborted) this.onCallEnd();
    else this.call.addEventListener('abort', this.onCallEnd, { once: true });
    this.timer = setTimeout(() => this.abort.abort(tooLate(limitMs)), limitMs);
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Takes the time limit away; the end of the call still counts. */
  lift(): void {
    clearTimeout(this.timer);
  }

  /** Lets go of the call, once the attempt is over. */
  release(): void {
    this.lift();
    this.call.removeEventListener('abort', this.onCallEnd);
  }

  /** Ends the attempt in a while, unless it has ended by itself; the connection can be used again then. */
  cancelAfter(ms: number): void {
    setTimeout(() => this.cancel(), ms).unref();
  }

  /** Ends the attempt, because nobody wants its reply. */
  cancel(): void {
    this.release();
    this.abort.abort(new SallyportError('upstream_interrupted', 'Another upstream answers this call'));
  }
}

function tooLate(limitMs: number): SallyportError {
  const message = `The upstream did not answer within ${limitMs / 1000} seconds`;
  return new SallyportError('deadline_exceeded', message, { retryable: true });
}
