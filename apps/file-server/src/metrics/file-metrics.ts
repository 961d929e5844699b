import type { ErrorCode } from '@sallyport/dialects';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { WriteMode } from '../storage/file-store';

/** What became of a write: a new file, one that was there with the same content, or the code of the refusal. */
export type WriteResult = 'created' | 'present' | ErrorCode;

const DURATION_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export class FileMetrics {
  private readonly writes: Counter;
  private readonly bytes: Counter;
  private readonly duration: Histogram;

  constructor(registry: Registry) {
    const registers = [registry];
    this.writes = new Counter({
      name: 'file_server_writes_total',
      help: 'Writes by mode and outcome',
      labelNames: ['mode', 'outcome'],
      registers,
    });
    this.bytes = new Counter({
      name: 'file_server_written_bytes_total',
      help: 'Bytes of the files that were created',
      registers,
    });
    this.duration = new Histogram({
      name: 'file_server_write_duration_seconds',
      help: 'Time to store one file',
      labelNames: ['mode'],
      buckets: DURATION_BUCKETS,
      registers,
    });
  }

  /** @param bytes size of the file when it was created, else 0 */
  wrote(mode: WriteMode, outcome: WriteResult, bytes: number, durationMs: number): void {
    this.writes.inc({ mode, outcome });
    this.bytes.inc(bytes);
    this.duration.observe({ mode }, durationMs / 1000);
  }
}
