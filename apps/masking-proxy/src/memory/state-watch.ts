import type { Logger } from '@sallyport/telemetry';
import type { MaskingMetrics } from '../metrics/masking-metrics';
import type { StateOperation } from '../metrics/state-operation';

/**
 * Lets calls go on while the store of state is away: each failure is counted, and one line is written per outage.
 * Without its memory a call is masked as before; only what cannot be told without it is not restored.
 */
export class StateWatch {
  private away = false;

  constructor(
    private readonly metrics: MaskingMetrics,
    private readonly logger: Logger,
  ) {}

  /**
   * Asks something of the store.
   *
   * @returns what `work` resolves with, or `without` when it fails
   */
  async attempt<T>(operation: StateOperation, work: () => Promise<T>, without: T): Promise<T> {
    try {
      const result = await work();
      this.noteBack();
      return result;
    } catch (error) {
      this.metrics.stateFailed(operation);
      this.noteAway(operation, error);
      return without;
    }
  }

  private noteAway(operation: StateOperation, error: unknown): void {
    if (this.away) return;
    this.away = true;
    this.logger.warn({ operation, reason: reasonOf(error) }, 'the store of masking state is away; calls go on without');
  }

  private noteBack(): void {
    if (this.away) this.logger.info('the store of masking state is back');
    this.away = false;
  }
}

/** The code alone: a message may quote what was to be kept. */
function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'unknown';
}
