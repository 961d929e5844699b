import type { DeadLetter, FiledDeadLetter, LogBatch } from '@sallyport/logging';
import type { JobCounts, StoredJob } from '@sallyport/stores';
import { ReplayService } from './replay.service';

/** A queue, its dead letters, its books and the file in memory, each of whose steps may fail before or after it. */
class FaultyPipeline {
  readonly jobs = new Map<string, LogBatch>();
  readonly failed = new Map<string, LogBatch>();
  readonly letters = new Map<string, DeadLetter>();
  readonly replays = new Map<string, number>();
  readonly filed: FiledDeadLetter[] = [];
  steps = 0;
  /** The step that fails, and whether it was done all the same. */
  fault: { readonly step: number; readonly done: boolean } | undefined;

  readonly queue = {
    add: (id: string, data: LogBatch) => this.step(() => void (this.jobs.has(id) || this.jobs.set(id, data))),
    counts: () => this.step(() => countsOf({ waiting: this.jobs.size, failed: this.failed.size })),
    list: (state: keyof JobCounts, start: number, count: number) =>
      this.page(state === 'failed' ? this.failed : new Map<string, LogBatch>(), start, count),
    retry: (id: string) =>
      this.step(() => {
        const batch = this.failed.get(id);
        if (batch !== undefined) this.jobs.set(id, batch);
        this.failed.delete(id);
      }),
  };
  readonly deadLetters = {
    counts: () => this.step(() => countsOf({ waiting: this.letters.size })),
    list: (_state: keyof JobCounts, start: number, count: number) => this.page(this.letters, start, count),
    remove: (id: string) => this.step(() => void this.letters.delete(id)),
  };
  readonly books = {
    replay: (id: string, records: number) => this.step(() => void this.replays.set(id, records)),
  };
  readonly deadLetterFile = { read: () => this.readFile() };

  get replayed(): number {
    return [...this.replays.values()].reduce((sum, records) => sum + records, 0);
  }

  names(): string[] {
    return [...this.jobs.values()].flatMap(({ entries }) => entries.map(({ name }) => name)).sort();
  }

  private step<R>(action: () => R): Promise<R> {
    this.steps += 1;
    const isFault = this.steps === this.fault?.step;
    if (isFault && this.fault?.done === false) return Promise.reject(new Error('fault'));
    const result = action();
    return isFault ? Promise.reject(new Error('fault')) : Promise.resolve(result);
  }

  /** Reads the ids, and then job by job. */
  private async *page<T>(jobs: Map<string, T>, start: number, count: number): AsyncIterable<StoredJob<T>> {
    const ids = await this.step(() => [...jobs.keys()].slice(start, start + count));
    for (const id of ids) {
      const data = await this.step(() => jobs.get(id));
      if (data !== undefined) yield { id, data, failedReason: undefined };
    }
  }

  private async *readFile(): AsyncIterable<FiledDeadLetter> {
    for (const letter of this.filed) yield await Promise.resolve(letter);
  }
}

function countsOf(some: Partial<JobCounts>): JobCounts {
  return { waiting: 0, active: 0, delayed: 0, failed: 0, ...some };
}

const NAMES = ['n1', 'n2', 'n3'];

function letterOf(name: string): DeadLetter {
  return { entry: { callId: 'c', date: '2026-11-21', name, json: '{}' }, reason: 'no', at: '2026-11-21T00:00:00Z' };
}

function pipelineWith(names: readonly string[]): FaultyPipeline {
  const pipeline = new FaultyPipeline();
  for (const name of names) pipeline.letters.set(`d-${name}`, letterOf(name));
  return pipeline;
}

const ALL = { limit: 1_000, start: 0 };

describe(ReplayService.name, () => {
  it('puts every dead letter back once, and tells how many', async () => {
    const pipeline = pipelineWith(Array.from({ length: 50 }, (_, n) => `n${n}`));
    const answer = await new ReplayService(pipeline).replay(ALL);
    expect(answer).toEqual({ replayed: 50, retried_batches: 0, dead_letters: 0, next: null });
    expect([pipeline.jobs.size, pipeline.replayed]).toEqual([50, 50]);
  });

  it('loses and doubles nothing, whichever step fails, before or after it was done', async () => {
    const whole = pipelineWith(NAMES);
    await new ReplayService(whole).replay(ALL);
    expect(whole.steps).toBeGreaterThan(9);
    for (let step = 1; step <= whole.steps; step += 1) {
      for (const done of [false, true]) {
        const pipeline = pipelineWith(NAMES);
        pipeline.fault = { step, done };
        await expect(new ReplayService(pipeline).replay(ALL)).rejects.toThrow('fault');
        const kept = new Set([...pipeline.names(), ...[...pipeline.letters.values()].map(({ entry }) => entry.name)]);
        expect([...kept].sort()).toEqual(NAMES);
        await new ReplayService(pipeline).replay(ALL);
        expect([pipeline.names(), pipeline.letters.size, pipeline.replayed]).toEqual([NAMES, 0, 3]);
      }
    }
  });

  it('makes the same batches when a repeat begins with other letters', async () => {
    const pipeline = pipelineWith(NAMES);
    pipeline.fault = { step: 6, done: true };
    await new ReplayService(pipeline).replay(ALL).catch(() => undefined);
    pipeline.letters.set('d-n0', letterOf('n0'));
    await new ReplayService(pipeline).replay({ limit: 2, start: 0 });
    await new ReplayService(pipeline).replay(ALL);
    expect([pipeline.names(), pipeline.replayed]).toEqual([['n0', ...NAMES], 4]);
  });

  it('stops at the limit', async () => {
    const pipeline = pipelineWith(NAMES);
    await expect(new ReplayService(pipeline).replay({ limit: 2, start: 0 })).resolves.toMatchObject({
      replayed: 2,
      dead_letters: 1,
    });
  });

  it('leaves alone what is no dead letter, and goes on behind it', async () => {
    const pipeline = new FaultyPipeline();
    pipeline.letters.set('strange', 'a text' as unknown as DeadLetter);
    for (let n = 0; n < 30; n += 1) pipeline.letters.set(`d-${n}`, letterOf(`n${n}`));
    await expect(new ReplayService(pipeline).replay(ALL)).resolves.toMatchObject({ replayed: 30, dead_letters: 1 });
  });

  it('retries batches that were set aside', async () => {
    const pipeline = new FaultyPipeline();
    for (let n = 0; n < 45; n += 1) pipeline.failed.set(`b-${n}`, { entries: [] });
    await expect(new ReplayService(pipeline).replay(ALL)).resolves.toMatchObject({ retried_batches: 45 });
    expect(pipeline.failed.size).toBe(0);
  });

  it('retries no more of them than it was asked to', async () => {
    const pipeline = new FaultyPipeline();
    for (let n = 0; n < 5; n += 1) pipeline.failed.set(`b-${n}`, { entries: [] });
    await expect(new ReplayService(pipeline).replay({ limit: 2, start: 0 })).resolves.toMatchObject({
      retried_batches: 2,
    });
    expect(pipeline.failed.size).toBe(3);
  });

  it('takes the dead letters of one day from their file, part by part', async () => {
    const pipeline = new FaultyPipeline();
    for (const [index, name] of NAMES.entries()) {
      pipeline.filed.push({ ...letterOf(name), id: `d-${name}`, at: `2026-11-2${index === 0 ? 0 : 1}T10:00:00Z` });
    }
    const replays = new ReplayService(pipeline);
    await expect(replays.replay({ limit: 1, start: 0, file: '2026-11-21' })).resolves.toMatchObject({ next: 1 });
    await expect(replays.replay({ limit: 1, start: 1, file: '2026-11-21' })).resolves.toMatchObject({ next: null });
    expect([pipeline.names(), pipeline.replayed]).toEqual([['n2', 'n3'], 2]);
  });
});
