import type { Logger } from '@sallyport/telemetry';

/** An outage is over when nothing was refused for so long: near the limit records fit and do not fit by turns. */
const QUIET_MS = 5_000;

/** Tells once that records find no room, and once that they do again. */
export class Outage {
  private since: number | undefined;
  private lastAt = 0;
  private refused = 0;

  constructor(
    private readonly logger: Logger,
    private readonly onFull: 'block' | 'shed',
    private readonly now: () => number = Date.now,
  ) {}

  noteRefused(reason: string): void {
    this.lastAt = this.now();
    this.refused += 1;
    if (this.since !== undefined) return;
    this.since = this.lastAt;
    const effect = this.onFull === 'block' ? 'calls fail' : 'records are given up';
    this.logger.error({ reason, on_full: this.onFull }, `the log outbox is full and ${effect}`);
  }

  noteAccepted(): void {
    if (this.since === undefined || this.now() - this.lastAt < QUIET_MS) return;
    const seconds = Math.round((this.now() - this.since) / 1000);
    this.logger.info({ refused: this.refused, seconds }, 'the log outbox takes records again');
    this.since = undefined;
    this.refused = 0;
  }
}
