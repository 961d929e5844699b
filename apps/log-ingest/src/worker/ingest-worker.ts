import type { LogIngestSettings } from '@sallyport/config';
import {
  BatchWriter,
  deadLetterQueueName,
  FileServerWriter,
  type BatchWriterCounts,
  type DeadLetter,
  type LogBatch,
} from '@sallyport/logging';
import type { JobCounts, JobQueue, JobWorker, JobWorkerProgress, QueueBackend } from '@sallyport/stores';

/** Longer than any pause of a healthy worker: its longest wait between two tries of a batch is a minute. */
const STUCK_AFTER_MS = 5 * 60_000;

/** Takes batches off the queue and writes them, from its creation until it is closed. */
export class IngestWorker {
  private readonly queue: JobQueue<LogBatch>;
  private readonly files: FileServerWriter;
  private readonly writer: BatchWriter;
  private readonly worker: JobWorker;

  constructor(
    private readonly settings: LogIngestSettings,
    private readonly backend: QueueBackend,
  ) {
    const { queue, concurrency, fileServer } = settings;
    this.queue = backend.createQueue<LogBatch>(queue.name);
    this.files = new FileServerWriter(fileServer);
    this.writer = new BatchWriter(this.files, backend.createQueue<DeadLetter>(deadLetterQueueName(queue.name)));
    this.worker = backend.createWorker<LogBatch>(queue.name, (job) => this.writer.write(job), { concurrency });
  }

  get counts(): BatchWriterCounts {
    return this.writer.counts;
  }

  get progress(): JobWorkerProgress {
    return this.worker.progress;
  }

  jobs(): Promise<JobCounts> {
    return this.queue.counts();
  }

  /** Rejects while batches cannot be taken, or when the queue may lose some. */
  checkReady(): Promise<void> {
    const [alarm] = this.backend.alarms();
    if (alarm !== undefined) return Promise.reject(new Error(alarm));
    return this.backend.isReady() ? Promise.resolve() : Promise.reject(new Error('the queue is away'));
  }

  /** Rejects when the worker has stopped, or when batches wait and nothing has moved for long. */
  async checkProgress(): Promise<void> {
    if (!this.worker.isRunning()) throw new Error('the worker has stopped');
    if (Date.now() - this.worker.progress.lastAt < STUCK_AFTER_MS || !this.backend.isReady()) return;
    const { waiting, active } = await this.queue.counts();
    if (waiting + active > 0) throw new Error('batches wait and none has moved for five minutes');
  }

  /** Waits for the batches under way; what does not end within the drain limit is repeated by another worker. */
  async close(): Promise<void> {
    await this.worker.close(this.settings.listen.drainMs);
    await this.files.close();
  }
}
