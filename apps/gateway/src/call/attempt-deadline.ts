import { SallyportError } from '@sallyport/dialects';

/** Ends an attempt when it takes too long, or when the call that it belongs to ends. */
export class AttemptDeadline {
  private readonly abort = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly onCallEnd: () => void;

  constructor(
    private readonly call: AbortSignal,
    readonly limitMs: number,
  ) {
    this.onCallEnd = () => this.abort.abort(call.reason);
    if (call.aborted) this.onCallEnd();
    else call.addEventListener('abort', this.onCallEnd, { once: true });
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
