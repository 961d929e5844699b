import type { Logger } from '@sallyport/telemetry';
import type { GatewayMetrics } from '../metrics/gateway-metrics';

/** Tells of records that cannot be written: each one in the metrics, an outage once in the log, and so its end. */
export class RecordAlarm {
  private refused = 0;

  constructor(
    private readonly logger: Logger,
    private readonly metrics: Pick<GatewayMetrics, 'recordRefused'>,
  ) {}

  onRefused(callId: string, error: unknown): void {
    this.metrics.recordRefused();
    this.refused += 1;
    if (this.refused > 1) return;
    this.logger.error({ litellm_call_id: callId, exc_info: error }, 'records cannot be written, so calls fail');
  }

  onWritten(): void {
    if (this.refused === 0) return;
    this.logger.info({ refused: this.refused }, 'records can be written again');
    this.refused = 0;
  }
}
