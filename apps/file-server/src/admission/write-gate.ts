import { SallyportError } from '@sallyport/dialects';

export interface WriteGateLimits {
  /** Writes that work on the disk at the same time. */
  readonly concurrency: number;
  /** Further writes that may be received or wait. */
  readonly maxWaiting: number;
  /** Bytes of bodies in memory; a single larger body is let in when there is no other. */
  readonly maxHeldBytes: number;
}

/** Why a write is refused: too many are there, or their bodies are too large together. */
export type RefusalReason = 'waiting' | 'memory';

/** After this time a few writes have been done, however slow the disk is. */
const RETRY_AFTER_SECONDS = 1;

/**
 * Bounds what writes take of the disk and of memory. A write takes a seat before its body is received, so one that is
 * refused costs nothing; with the body received it waits for its turn on the disk, first come, first served. A sender
 * that stops in the middle of its body holds a seat, but no turn.
 */
export class WriteGate {
  private seats = 0;
  private heldBytes = 0;
  private turns = 0;
  private readonly queue = new Set<() => void>();

  /** @param refused told of each refusal */
  constructor(
    private readonly limits: WriteGateLimits,
    private readonly refused: (reason: RefusalReason) => void,
  ) {}

  /** Writes that have a seat and not their turn. */
  get waiting(): number {
    return this.seats - this.turns;
  }

  /** Writes that work on the disk. */
  get working(): number {
    return this.turns;
  }

  /**
   * Takes a seat.
   *
   * @param bytes length of the body, or the most that it may have
   * @throws SallyportError `unavailable` (retryable) when there is none
   */
  admit(bytes: number): WriteSeat {
    const { concurrency, maxWaiting, maxHeldBytes } = this.limits;
    if (this.seats >= concurrency + maxWaiting) throw this.refusal('waiting', 'Too many writes are waiting');
    if (this.seats > 0 && this.heldBytes + bytes > maxHeldBytes) {
      throw this.refusal('memory', 'The writes that are waiting are too large');
    }
    this.seats += 1;
    this.heldBytes += bytes;
    return new WriteSeat({
      turn: (signal) => this.turn(signal),
      turnOver: () => this.turnOver(),
      free: () => {
        this.seats -= 1;
        this.heldBytes -= bytes;
      },
    });
  }

  private refusal(reason: RefusalReason, message: string): SallyportError {
    this.refused(reason);
    return new SallyportError('unavailable', message, { retryable: true, retryAfterSeconds: RETRY_AFTER_SECONDS });
  }

  private async turn(signal: AbortSignal): Promise<void> {
    if (this.turns < this.limits.concurrency) {
      this.turns += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.queue.delete(resolve);
        reject(clientLeft());
      };
      signal.addEventListener('abort', leave, { once: true });
      this.queue.add(resolve);
    });
  }

  /** Hands the turn on: the next one begins without a moment in which a newcomer could take it. */
  private turnOver(): void {
    const [next] = this.queue;
    if (next === undefined) {
      this.turns -= 1;
      return;
    }
    this.queue.delete(next);
    next();
  }
}

interface SeatActions {
  turn(signal: AbortSignal): Promise<void>;
  turnOver(): void;
  free(): void;
}

/** What one write holds, from its headers to the end of its reply. */
export class WriteSeat {
  private readonly left = new AbortController();
  private working = false;

  constructor(private readonly gate: SeatActions) {}

  /**
   * Waits for the turn of this write, then works. Nothing is done for a client that left while it waited.
   *
   * @throws SallyportError `unavailable` when the client left, and what `work` throws
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.left.signal.aborted) throw clientLeft();
    await this.gate.turn(this.left.signal);
    this.working = true;
    try {
      return await work();
    } finally {
      this.working = false;
      this.gate.turnOver();
      if (this.left.signal.aborted) this.gate.free();
    }
  }

  /** Gives the seat back, when the reply is over; work under way keeps it to its end. To be called once. */
  leave(): void {
    this.left.abort();
    if (!this.working) this.gate.free();
  }
}

function clientLeft(): SallyportError {
  return new SallyportError('unavailable', 'The client left before its turn', { retryable: true });
}
