import { setTimeout as sleep } from 'node:timers/promises';
import { SallyportError } from '@sallyport/dialects';
import type { RecordStore } from '@sallyport/logging';
import type { Logger } from '@sallyport/telemetry';

/** Pauses between two looks, in milliseconds. */
export interface WatchPauses {
  /** While all is well. */
  readonly well: number;
  /** While something is wrong. */
  readonly ill: number;
}

const PAUSES: WatchPauses = { well: 60_000, ill: 5_000 };

/**
 * Finds out whether the place of the records can be used as it is configured, at the start and from time to time: a
 * wrong token or address fails every record alike, and only an operator can mend it.
 */
export class PlaceWatch {
  private found: string | undefined = 'The place of the records has not been looked at yet';
  private told: string | undefined;
  private readonly stopped = new AbortController();
  private watching: Promise<void> | undefined;

  constructor(
    private readonly store: Pick<RecordStore, 'check'>,
    private readonly logger: Logger,
    private readonly pauses: WatchPauses = PAUSES,
  ) {}

  /** What is wrong, for an operator; undefined when all is well. */
  get problem(): string | undefined {
    return this.found;
  }

  start(): void {
    this.watching ??= this.watch();
  }

  /** Waits for a look under way, but not longer than `limitMs`: a disk that hangs may never answer. */
  async stop(limitMs: number): Promise<void> {
    this.stopped.abort();
    const inTime = new AbortController();
    const { signal } = inTime;
    const late = sleep(limitMs, undefined, { signal }).catch(() => undefined);
    await Promise.race([this.watching, late]);
    inTime.abort();
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      this.note(await this.look());
      const pause = this.found === undefined ? this.pauses.well : this.pauses.ill;
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
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
  private note(problem: string | undefined): void {
    this.found = problem;
    if (problem === this.told) return;
    this.told = problem;
    if (problem === undefined) this.logger.info('the place of the records can be used again');
    else this.logger.error({ reason: problem }, 'records cannot be written; they wait in the queue');
  }
}
