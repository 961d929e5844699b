import type { Logger } from '@sallyport/telemetry';
import type { Redis } from 'ioredis';

const CHECK_EVERY_MS = 60_000;

/**
 * Watches whether Redis may throw away jobs: any `maxmemory-policy` but `noeviction` deletes keys when memory is full.
 * Asks at every new connection and each minute.
 */
export class EvictionGuard {
  /** What is wrong, for an operator; undefined while all is well or unknown. */
  alarm: string | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly client: Redis,
    private readonly logger: Logger,
  ) {
    client.on('ready', () => void this.check());
    this.timer = setInterval(() => void this.check(), CHECK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async check(): Promise<void> {
    const policy = await this.policy();
    if (policy === undefined) return;
    const before = this.alarm;
    this.alarm =
      policy === 'noeviction'
        ? undefined
        : `Redis may delete queued log records: maxmemory-policy is ${policy}, set it to noeviction`;
    if (this.alarm !== undefined && this.alarm !== before) this.logger.error(this.alarm);
  }

  /** Undefined when Redis is away; managed services forbid CONFIG but tell the policy in INFO. */
  private async policy(): Promise<string | undefined> {
    if (this.client.status !== 'ready') return undefined;
    try {
      return /^maxmemory_policy:(\S+)/m.exec(await this.client.info('memory'))?.[1];
    } catch (error) {
      this.logger.debug({ reason: (error as Error).message }, 'the eviction policy of Redis could not be read');
      return undefined;
    }
  }
}
