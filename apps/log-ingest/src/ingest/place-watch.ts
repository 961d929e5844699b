import { setTimeout as sleep } from 'node:timers/promises';
import { SallyportError } from '@sallyport/dialects';
import type { RecordStore, WriteResult } from '@sallyport/logging';
import type { Logger } from '@sallyport/telemetry';

/** Pauses between two looks, in milliseconds. */
export interface WatchPauses {
  /** While all is well. */
  readonly well: number;
  /** While something is wrong. */
  readonly ill: number;
}

const PAUSES: WatchPauses = { well: 60_000, ill: 5_000 };

const NOT_LOOKED_AT = 'The place of the records has not been looked at yet';

/**
 * Finds out whether the place of the records can be used as it is configured, at the start and from time to time: a
 * wrong token or address fails every record alike, and only an operator can mend it. In between the records themselves
 * tell: a place that took none of a batch is in trouble at once.
 */
export class PlaceWatch {
  private looked: string | undefined = NOT_LOOKED_AT;
  private refused: string | undefined;
  private refusedAt = 0;
  private told: string | undefined;
  private stopped = false;
  private nap = new AbortController();
  private watching: Promise<void> | undefined;

  constructor(
    private readonly store: Pick<RecordStore, 'check'>,
    private readonly logger: Logger,
    private readonly pauses: WatchPauses = PAUSES,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** What is wrong, for an operator; undefined when all is well. */
  get problem(): string | undefined {
    return this.looked ?? this.refused;
  }

  start(): void {
    this.watching ??= this.watch();
  }

  /** Waits for a look under way, but not longer than `limitMs`: a disk that hangs may never answer. */
  async stop(limitMs: number): Promise<void> {
    this.stopped = true;
    this.nap.abort();
    const inTime = new AbortController();
    const { signal } = inTime;
    const late = sleep(limitMs, undefined, { signal }).catch(() => undefined);
    await Promise.race([this.watching, late]);
    inTime.abort();
  }

  /** Takes what became of the records of a batch. A record that is refused for good says nothing of its place. */
  noteWrites(results: readonly WriteResult[]): void {
    const [failure, ...others] = results.map(failureOf);
    if (failure !== undefined && others.every((other) => other !== undefined)) {
      // What is wrong is looked for at once, and until it is mended.
      if (this.refused === undefined) this.nap.abort();
      this.refused ??= failure;
      this.refusedAt = this.now();
    } else if (results.length > 0) {
      this.refused = undefined;
    }
    this.tell();
  }

  private async watch(): Promise<void> {
    while (!this.stopped) {
      this.looked = await this.look();
      // Another worker may have written the batch since: then nothing comes here that could tell that all is well.
      if (this.looked === undefined && this.now() - this.refusedAt >= this.pauses.well) this.refused = undefined;
      this.tell();
      this.nap = new AbortController();
      const pause = this.problem === undefined ? this.pauses.well : this.pauses.ill;
      if (!this.stopped) await sleep(pause, undefined, { signal: this.nap.signal, ref: false }).catch(() => undefined);
    }
  }

  private async look(): Promise<string | undefined> {
    try {
      await this.store.check();
      return undefined;
    } catch (error) {
      if (error instanceof SallyportError) return error.message;
      this.logger.error({ exc_info: error }, 'the place of the records could not be looked at');
      return 'The place of the records could not be looked at';
    }
  }

  /** One line for each change, however often it is looked. */
  private tell(): void {
    const { problem } = this;
    if (problem === this.told || problem === NOT_LOOKED_AT) return;
    this.told = problem;
    if (problem === undefined) this.logger.info('the place of the records can be used again');
    else this.logger.error({ reason: problem }, 'records cannot be written; they wait in the queue');
  }
}

/** Why a record was not written for now; undefined when it was, or never will be. */
function failureOf(result: WriteResult): string | undefined {
  return result.outcome === 'refused' && result.error.retryable ? result.error.message : undefined;
}
