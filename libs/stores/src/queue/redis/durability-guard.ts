import type { Logger } from '@sallyport/telemetry';
import type { Redis } from 'ioredis';

const CHECK_EVERY_MS = 60_000;

/**
 * Watches whether Redis may lose jobs: any `maxmemory-policy` but `noeviction` deletes keys when memory is full, and
 * without an append-only file they die with the process. Asks at every new connection and each minute; by INFO, as
 * managed services forbid CONFIG.
 */
export class DurabilityGuard {
  /** What is wrong, for an operator; empty while all is well or unknown. */
  alarms: readonly string[] = [];
  private evicts: boolean | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly client: Redis,
    private readonly logger: Logger,
  ) {
    client.on('ready', () => void this.check());
    this.timer = setInterval(() => void this.check(), CHECK_EVERY_MS).unref();
  }

  /** True when Redis is known to delete nothing when its memory is full. */
  get keepsKeys(): boolean {
    return this.evicts === false;
  }

  /** Asks Redis now. Never rejects: what could not be asked keeps its last answer. */
  async check(): Promise<void> {
    if (this.client.status !== 'ready') return;
    try {
      this.judge(await this.client.info());
    } catch (error) {
      this.logger.debug({ reason: (error as Error).message }, 'Redis did not tell its policies');
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private judge(info: string): void {
    const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
    if (policy !== undefined) this.evicts = policy !== 'noeviction';
    const alarms: string[] = [];
    if (policy !== undefined && policy !== 'noeviction') alarms.push(evictionAlarm(policy));
    if (/^aof_enabled:0/m.test(info)) alarms.push(NO_APPEND_ONLY_FILE);
    for (const alarm of alarms) if (!this.alarms.includes(alarm)) this.logger.error(alarm);
    for (const alarm of this.alarms) if (!alarms.includes(alarm)) this.logger.info(`No more: ${alarm}`);
    this.alarms = alarms;
  }
}

const NO_APPEND_ONLY_FILE = 'Queued log records die with Redis: it keeps no append-only file, set appendonly to yes';

function evictionAlarm(policy: string): string {
  // Jobs have no time to live, but the locks of jobs under way do: without its lock a job is begun a second time.
  const loss = policy.startsWith('volatile-')
    ? 'Redis may delete the locks of log batches under way, which are then written twice over'
    : 'Redis may delete queued log records';
  return `${loss}: maxmemory-policy is ${policy}, set it to noeviction`;
}
