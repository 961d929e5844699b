import { Counter, type Registry } from 'prom-client';

/** What the file server has written. */
export class FileMetrics {
  private readonly writes: Counter;
  private readonly bytes: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.writes = new Counter({
      name: 'file_server_writes_total',
      help: 'Writes by outcome: created, repeated, or the code of the refusal',
      labelNames: ['outcome'],
      registers,
    });
    this.bytes = new Counter({
      name: 'file_server_written_bytes_total',
      help: 'Bytes of the writes accepted',
      registers,
    });
  }

  written(outcome: string, bytes: number): void {
    this.writes.inc({ outcome });
    this.bytes.inc(bytes);
  }
}
