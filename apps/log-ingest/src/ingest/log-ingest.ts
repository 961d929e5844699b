import type { LogIngestSettings } from '@sallyport/config';
import { BatchWriter, deadLetterQueueName, FileServerWriter, type DeadLetter, type LogBatch } from '@sallyport/logging';
import type { JobQueue, JobWorker, QueueBackend } from '@sallyport/stores';

/** The consuming end of the log pipeline: takes batches from creation on. */
export class LogIngest {
  readonly queue: JobQueue<LogBatch>;
  readonly deadLetters: JobQueue<DeadLetter>;
  readonly batches: BatchWriter;
  readonly worker: JobWorker;
  private readonly writer: FileServerWriter;

  constructor(
    { queue, fileServer, concurrency }: LogIngestSettings,
    readonly backend: QueueBackend,
  ) {
    this.writer = new FileServerWriter(fileServer);
    this.queue = backend.createQueue(queue.name);
    this.deadLetters = backend.createQueue(deadLetterQueueName(queue.name));
    this.batches = new BatchWriter(this.writer, this.deadLetters);
    this.worker = backend.createWorker<LogBatch>(queue.name, (job) => this.batches.write(job), { concurrency });
  }

  /** Waits for batches under way; those that take longer than `limitMs` go back to the queue. */
  async close(limitMs: number): Promise<void> {
    await this.worker.close(limitMs);
    await this.writer.close();
  }
}
