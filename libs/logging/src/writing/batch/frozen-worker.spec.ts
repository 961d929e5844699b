import { SallyportError } from '@sallyport/dialects';
import type { LogBatch, LogEntry } from '../../entry/log-entry';
import { entryOf } from '../conformance/test-entries.fixture';
import { BatchWriter } from './batch-writer';
import { jobOf, Ledgers, MemoryFile, MemoryJob, MemoryQueue, MemoryStore, type Step } from './pipeline-doubles.fixture';

const refused = new SallyportError('upstream_failed', 'status 422');
const isRefused = (entry: Pick<LogEntry, 'name'>): boolean => entry.name.startsWith('refused');

/**
 * Between a look at its lock and what that look allows a worker may still be frozen: no look can be part of what another
 * server does.
 */
const BEHIND_A_LOOK: readonly string[] = ['before an update', 'before a dead letter'];

/** Stands still at one of its steps, as a process that gets SIGSTOP. */
class Freezer {
  readonly seen: string[] = [];
  readonly frozen = Promise.withResolvers<void>();
  private readonly thaw = Promise.withResolvers<void>();

  constructor(private readonly at: number) {}

  readonly step: Step = async (name) => {
    this.seen.push(name);
    if (this.seen.length - 1 !== this.at) return;
    this.frozen.resolve();
    await this.thaw.promise;
  };

  go(): void {
    this.thaw.resolve();
  }
}

/** One job of a queue, its place, its dead letters and its books, as several workers see them. */
class Pipeline {
  readonly records = new MemoryStore();
  readonly letters = new MemoryQueue();
  readonly books = new Ledgers();
  private readonly job: MemoryJob;

  constructor(entries: LogBatch['entries']) {
    this.job = jobOf('b-1', entries);
  }

  /** Takes the job as a worker does: with what is in it now, and away from whoever had it. */
  take(refuses: boolean, step?: Step): { readonly job: MemoryJob; readonly write: () => Promise<void> } {
    const store = new MemoryStore(step, this.records.records);
    if (refuses) store.refuse = (entry) => (isRefused(entry) ? refused : undefined);
    const letters = new MemoryQueue(step, this.letters.jobs);
    const writer = new BatchWriter(
      store,
      letters,
      new Ledgers(step, this.books.settled),
      new MemoryFile(step).asFile(),
    );
    const job = new MemoryJob('b-1', this.job.data, step);
    // The queue lets whoever asks change the data of a job, as long as there is one.
    job.onUpdate = (data) => {
      if (this.books.settled.size > 0) throw new Error('the job is gone');
      this.job.data = data;
    };
    return { job, write: () => writer.write(job) };
  }

  /** A worker for which all goes well does the job. */
  finish(): Promise<void> {
    return this.take(false).write();
  }

  /** A person has the dead letters tried again, and the place takes them. */
  replay(): void {
    for (const { entry } of this.letters.jobs.values()) {
      if ('json' in entry) this.records.records.set(entry.name, entry.json);
    }
    this.letters.jobs.clear();
  }

  /** A worker does the job and is killed before it has told the books. */
  async takeAndDie(): Promise<void> {
    const died = Promise.withResolvers<void>();
    const step: Step = (name) => {
      if (name !== 'before the books') return Promise.resolve();
      died.resolve();
      return new Promise(() => undefined);
    };
    void this.take(false, step).write();
    await died.promise;
  }
}

describe('A worker that is frozen for longer than its lock', () => {
  const entries = ['a', 'refused-1', 'b', 'refused-2'].map((name) => entryOf(name));
  const givenUp = { reason: 'status 422', at: '2026-11-21T00:00:00.000Z' };
  const decided = entries.map((entry) => (isRefused(entry) ? { ...entry, givenUp } : entry));

  /**
   * Freezes the worker at a step, while another one, for which the place takes what it refused, does the job.
   *
   * @param dies whether the other is killed before the books know, so that a third one does the job again
   * @returns the step; undefined when the worker has no such step
   */
  async function freezeAt(at: number, batch: LogBatch['entries'], dies: boolean): Promise<string | undefined> {
    const pipeline = new Pipeline(batch);
    const freezer = new Freezer(at);
    const frozen = pipeline.take(true, freezer.step);
    const ended = frozen.write().then(
      () => 'ended',
      () => 'ended',
    );
    if ((await Promise.race([freezer.frozen.promise, ended])) === 'ended') return undefined;
    frozen.job.isLost = true;
    if (dies) await pipeline.takeAndDie();
    else await pipeline.finish().then(() => pipeline.replay());
    freezer.go();
    await ended;
    if (dies) await pipeline.finish();
    const step = freezer.seen[at] ?? '';
    if (!BEHIND_A_LOOK.includes(step)) {
      const dead = [...pipeline.letters.jobs.values()].map(({ entry }) => entry.name);
      const kept = [...pipeline.records.records.keys(), ...dead];
      expect([step, kept.sort()]).toEqual([step, entries.map(({ name }) => name).sort()]);
      expect([...pipeline.books.settled.keys()]).toEqual(['b-1']);
    }
    return step;
  }

  it.each([
    ['', entries, false],
    [' and was killed then', entries, true],
    [' after it was replayed', decided, false],
  ])('leaves no dead letter of a record that another has written%s', async (_when, batch, dies) => {
    const steps: string[] = [];
    for (let at = 0; ; at += 1) {
      const step = await freezeAt(at, batch, dies);
      if (step === undefined) break;
      steps.push(step);
    }
    expect(steps).toEqual(expect.arrayContaining(['before a record', 'before the file', 'before the books']));
  });
});
