import { SallyportError } from '@sallyport/dialects';

/** Ends a call from outside: it says nothing of the upstream that was asked. */
export class CallOverError extends SallyportError {}

/** The client went away: not an error of anybody, but the call ends. */
export class ClientClosedError extends CallOverError {
  constructor() {
    super('upstream_interrupted', 'The client closed the connection before the reply ended');
    this.name = 'ClientClosedError';
  }
}

/** The gateway stops, and the call had not ended when the time for that was over. */
export class ShutdownError extends CallOverError {
  constructor() {
    super('unavailable', 'The gateway is stopping, and this call has not ended in time', { retryable: true });
    this.name = 'ShutdownError';
  }
}

/** What may end a call before its reply does: its client leaves, or the gateway stops. */
export class CallLife {
  private readonly answer = new AbortController();
  private readonly work = new AbortController();
  private left = false;

  /** Whether the client went away before the reply ended, and was not cut off by the gateway. */
  get clientLeft(): boolean {
    return this.left;
  }

  /** Aborted once nobody waits for an answer: nothing new is begun for this call then. */
  get unwanted(): AbortSignal {
    return this.answer.signal;
  }

  /** Aborted when the gateway stops: what is under way for this call ends, wanted or not. */
  get cut(): AbortSignal {
    return this.work.signal;
  }

  /** Says that the client is gone. */
  leave(): void {
    if (this.answer.signal.aborted) return;
    this.left = true;
    this.answer.abort(new ClientClosedError());
  }

  /** Says that the gateway stops now. */
  cutOff(): void {
    const reason = new ShutdownError();
    this.work.abort(reason);
    this.answer.abort(reason);
  }
}
