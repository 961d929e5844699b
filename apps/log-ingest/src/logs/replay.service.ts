import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DeadLetter, LogBatch } from '@sallyport/logging';
import type { JobQueue, QueueBooks } from '@sallyport/stores';
import type { LogIngest } from '../ingest/log-ingest';
import { LOG_INGEST } from '../ingest/log-ingest.token';
import type { ReplayAnswer, ReplayRequest } from './logs.schema';

/** Dead letters that are taken from the queue, and put back, at the same time. */
const AT_ONCE = 20;

/** What a replay works on. */
export interface ReplayParts {
  readonly queue: Pick<JobQueue<LogBatch>, 'add' | 'counts' | 'list' | 'retry'>;
  readonly deadLetters: Pick<JobQueue<DeadLetter>, 'counts' | 'list' | 'remove'>;
  readonly deadLetterFile: Pick<LogIngest['deadLetterFile'], 'read'>;
  readonly books: Pick<QueueBooks, 'replay'>;
}

/**
 * Puts dead letters, and batches that were set aside, back into the queue. Each letter becomes a batch of its own whose
 * id is made of the letter's: wherever a replay is cut off, the next one repeats the same batches, which the queue
 * takes and the books count once, and whose records are written once.
 */
@Injectable()
export class ReplayService {
  constructor(@Inject(LOG_INGEST) private readonly parts: ReplayParts) {}

  /** @throws SallyportError `unavailable` (retryable) when the queue or the file cannot be read; call again then */
  async replay({ limit, file, start }: ReplayRequest): Promise<ReplayAnswer> {
    const { replayed, next } =
      file === undefined ? await this.fromQueue(limit) : await this.fromFile(file, start, limit);
    const retried = file === undefined ? await this.retryFailed(limit) : 0;
    const { waiting } = await this.parts.deadLetters.counts();
    return { replayed, retried_batches: retried, dead_letters: waiting, next };
  }

  /** Not more than there are now: a letter that is given up again comes back as a new one. */
  private async fromQueue(limit: number): Promise<{ replayed: number; next: null }> {
    const { waiting } = await this.parts.deadLetters.counts();
    const most = Math.min(limit, waiting);
    let [replayed, broken] = [0, 0];
    while (replayed + broken < most) {
      const count = Math.min(AT_ONCE, most - replayed - broken);
      const jobs = await this.parts.deadLetters.list('waiting', broken, count);
      if (jobs.length === 0) break;
      const letters = jobs.filter(({ data }) => isDeadLetter(data));
      await Promise.all(letters.map(({ id, data }) => this.putBack(id, data)));
      replayed += letters.length;
      broken += jobs.length - letters.length;
    }
    return { replayed, next: null };
  }

  private async fromFile(
    date: string,
    start: number,
    limit: number,
  ): Promise<{ replayed: number; next: number | null }> {
    let at = 0;
    let replayed = 0;
    for await (const { id, ...letter } of this.parts.deadLetterFile.read()) {
      if (!letter.at.startsWith(date)) continue;
      if (replayed === limit) return { replayed, next: at };
      at += 1;
      if (at <= start) continue;
      await this.putBack(id, letter);
      replayed += 1;
    }
    return { replayed, next: null };
  }

  /** In this order: whatever is missing after a crash, the letter is still there to begin again with. */
  private async putBack(letterId: string, { entry }: DeadLetter): Promise<void> {
    const id = replayBatchId(letterId);
    await this.parts.books.replay(id, 1);
    await this.parts.queue.add(id, { entries: [entry] });
    await this.parts.deadLetters.remove(letterId);
  }

  private async retryFailed(limit: number): Promise<number> {
    const { failed } = await this.parts.queue.counts();
    const most = Math.min(limit, failed);
    let retried = 0;
    while (retried < most) {
      const jobs = await this.parts.queue.list('failed', 0, Math.min(AT_ONCE, most - retried));
      if (jobs.length === 0) break;
      for (const { id } of jobs) await this.parts.queue.retry(id);
      retried += jobs.length;
    }
    return retried;
  }
}

/** Id of the batch that a dead letter becomes: the same for the same letter. */
export function replayBatchId(letterId: string): string {
  return `r-${createHash('sha256').update(letterId).digest('hex').slice(0, 32)}`;
}

function isDeadLetter(data: unknown): data is DeadLetter {
  const entry = (data as Partial<DeadLetter> | null)?.entry;
  return typeof entry === 'object' && entry !== null;
}
