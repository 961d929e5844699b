import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DeadLetter, LogBatch } from '@sallyport/logging';
import type { JobQueue, QueueBooks } from '@sallyport/stores';
import type { LogIngest } from '../ingest/log-ingest';
import { LOG_INGEST } from '../ingest/log-ingest.token';
import type { ReplayAnswer, ReplayRequest } from './logs.schema';

/** Jobs whose ids are read together; each of them, which may be large, is read and put back by itself. */
const PAGE = 100;

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
      const seen = replayed + broken;
      const count = Math.min(PAGE, most - seen);
      for await (const { id, data } of this.parts.deadLetters.list('waiting', broken, count)) {
        if (isDeadLetter(data)) {
          await this.putBack(id, data);
          replayed += 1;
        } else broken += 1;
      }
      if (replayed + broken === seen) break;
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
      const seen = retried;
      for await (const { id } of this.parts.queue.list('failed', 0, Math.min(PAGE, most - seen))) {
        await this.parts.queue.retry(id);
        retried += 1;
      }
      if (retried === seen) break;
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
