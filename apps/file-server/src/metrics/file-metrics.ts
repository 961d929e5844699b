import type { ErrorCode } from '@sallyport/dialects';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { RefusalReason, WriteGate } from '../admission/write-gate';
import type { WriteMode } from '../storage/file-store';
import type { FreeSpace } from '../storage/free-space';

/** What became of a write: a new file, one that was there with the same content, or the code of the refusal. */
export type WriteResult = 'created' | 'present' | ErrorCode;

const DURATION_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export class FileMetrics {
  private readonly registers: [Registry];
  private readonly writes: Counter;
  private readonly bytes: Counter;
  private readonly duration: Histogram;
  private readonly refusals: Counter;
  private readonly listDuration: Histogram;
  private readonly expiredFiles: Counter;
  private readonly expiredBytes: Counter;
  private readonly expiryFailures: Counter;

  constructor(registry: Registry) {
    this.registers = [registry];
    this.writes = this.counter('file_server_writes_total', 'Writes by mode and outcome', ['mode', 'outcome']);
    this.bytes = this.counter('file_server_written_bytes_total', 'Bytes of the files that were created');
    this.duration = this.histogram('file_server_write_duration_seconds', 'Time to store one file', ['mode']);
    this.refusals = this.counter('file_server_writes_refused_total', 'Writes refused unread, by what was short', [
      'reason',
    ]);
    this.listDuration = this.histogram('file_server_list_duration_seconds', 'Time to list one page');
    this.expiredFiles = this.counter('file_server_expired_files_total', 'Files deleted because of their age');
    this.expiredBytes = this.counter('file_server_expired_bytes_total', 'Bytes of those files');
    this.expiryFailures = this.counter('file_server_expiry_failures_total', 'Folders that could not be cleared');
  }

  /** @param bytes size of the file when it was created, else 0 */
  wrote(mode: WriteMode, outcome: WriteResult, bytes: number, durationMs: number): void {
    this.writes.inc({ mode, outcome });
    this.bytes.inc(bytes);
    this.duration.observe({ mode }, durationMs / 1000);
  }

  refused(reason: RefusalReason): void {
    this.refusals.inc({ reason });
  }

  listed(durationMs: number): void {
    this.listDuration.observe(durationMs / 1000);
  }

  expired(files: number, bytes: number): void {
    this.expiredFiles.inc(files);
    this.expiredBytes.inc(bytes);
  }

  expiryFailed(): void {
    this.expiryFailures.inc();
  }

  /** Shows what goes on at a gate. */
  watchGate(gate: WriteGate): void {
    this.gauge('file_server_writes_working', 'Writes that work on the disk', () => gate.working);
    this.gauge('file_server_writes_waiting', 'Writes that are received or wait for their turn', () => gate.waiting);
  }

  /** Shows the space that is left. */
  watchSpace(space: FreeSpace): void {
    // A disk that does not answer must not take the other numbers away.
    this.gauge('file_server_free_bytes', 'Free space on the disk', () => space.bytes().catch(() => NaN));
  }

  private counter(name: string, help: string, labelNames: string[] = []): Counter {
    return new Counter({ name, help, labelNames, registers: this.registers });
  }

  private histogram(name: string, help: string, labelNames: string[] = []): Histogram {
    return new Histogram({ name, help, labelNames, buckets: DURATION_BUCKETS, registers: this.registers });
  }

  private gauge(name: string, help: string, read: () => number | Promise<number>): Gauge {
    return new Gauge({
      name,
      help,
      registers: this.registers,
      async collect() {
        this.set(await read());
      },
    });
  }
}
