import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { FileServerSettings } from '@sallyport/config';
import type { Logger } from '@sallyport/telemetry';
import { FileMetrics } from '../metrics/file-metrics';
import { FILE_SERVER_SETTINGS } from '../settings';
import { dayOfTime } from '../storage/day';
import { FileStore } from '../storage/file-store';
import { ClockWatch } from './clock-watch';
import { ExpiredFiles, type ExpiredDay } from './expired-files';

/** Provider token of the app's `Logger`. */
export const LOGGER = Symbol('LOGGER');

const INTERVAL_MS = 3_600_000;

/** At the start and once an hour: deletes what is older than it shall become, and what crashes left unfinished. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly clock = new ClockWatch({ wall: () => Date.now(), steady: () => performance.now() });
  private timer: NodeJS.Timeout | undefined;
  private pass: Promise<void> | undefined;

  constructor(
    @Inject(FILE_SERVER_SETTINGS) private readonly settings: FileServerSettings,
    @Inject(FileStore) private readonly store: FileStore,
    @Inject(FileMetrics) private readonly metrics: FileMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.begin(), INTERVAL_MS).unref();
    this.begin();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopped.abort();
    await this.settled();
  }

  /** Resolves when no pass is under way. */
  async settled(): Promise<void> {
    await this.pass;
  }

  /** A pass that takes longer than an hour is not overtaken by the next one. */
  private begin(): void {
    this.pass ??= this.run()
      .catch((error: unknown) => this.failed('', error))
      .finally(() => (this.pass = undefined));
  }

  private async run(): Promise<void> {
    await this.store.removeLeftOver();
    const jumpedMs = this.clock.jumped();
    if (jumpedMs !== 0) {
      this.logger.warn({ jumped_ms: Math.round(jumpedMs) }, 'the clock was set; nothing is deleted for an hour');
    } else if (this.settings.retentionDays > 0) {
      const report = {
        deleted: (day: ExpiredDay) => this.deleted(day),
        failed: (folder: string, error: unknown) => this.failed(folder, error),
      };
      const firstKept = dayOfTime(Date.now()) - this.settings.retentionDays;
      await new ExpiredFiles(firstKept, report, this.stopped.signal).delete(this.store.base);
    }
  }

  private deleted({ folder, files, bytes, kept, removed }: ExpiredDay): void {
    this.metrics.expired(files, bytes);
    this.logger.info({ folder, files, bytes, kept, removed }, 'day deleted');
  }

  private failed(folder: string, error: unknown): void {
    this.metrics.expiryFailed();
    this.logger.warn({ folder, exc_info: error }, 'files were not deleted');
  }
}
