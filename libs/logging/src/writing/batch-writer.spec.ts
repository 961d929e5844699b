import { SallyportError } from '@sallyport/dialects';
import type { JobQueue } from '@sallyport/stores';
import type { DeadLetter, LogBatch, LogEntry } from '../entry/log-entry';
import { BatchWriter } from './batch-writer';
import type { RecordWriter, WriteOutcome } from './record-writer.port';

const entry = (name: string): LogEntry => ({ callId: `c-${name}`, date: '2026-11-21', name, json: `{"n":"${name}"}` });
const job = (...names: string[]) => ({ id: 'b-1', data: { entries: names.map(entry) }, attempt: 1 });
const transient = new SallyportError('upstream_failed', 'away', { retryable: true });
const permanent = new SallyportError('upstream_failed', 'The file server answered with status 422');

class ScriptedWriter implements RecordWriter {
  readonly tried: string[] = [];
  constructor(private readonly result: (name: string) => WriteOutcome | Error) {}

  write({ name }: LogEntry): Promise<WriteOutcome> {
    this.tried.push(name);
    const result = this.result(name);
    return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
  }
}

class DeadLetters implements JobQueue<DeadLetter> {
  readonly letters = new Map<string, DeadLetter>();
  away = false;

  add(id: string, letter: DeadLetter): Promise<void> {
    if (this.away) return Promise.reject(transient);
    this.letters.set(id, letter);
    return Promise.resolve();
  }

  counts(): Promise<never> {
    return Promise.reject(new Error('not asked for'));
  }
}

describe(BatchWriter.name, () => {
  let deadLetters: DeadLetters;
  beforeEach(() => {
    deadLetters = new DeadLetters();
  });

  it('writes every record and counts what became of it', async () => {
    const outcomes: Record<string, WriteOutcome> = { a: 'written', b: 'present', c: 'written_beside', d: 'written' };
    const writer = new BatchWriter(new ScriptedWriter((name) => outcomes[name] ?? transient), deadLetters);
    await writer.write(job('a', 'b', 'c', 'd'));
    expect(writer.counts).toEqual({ written: 2, present: 1, written_beside: 1, dead_lettered: 0 });
  });

  it('sets a record aside that will never be taken, once, and writes the others', async () => {
    const writer = new BatchWriter(new ScriptedWriter((name) => (name === 'b' ? permanent : 'written')), deadLetters);
    await writer.write(job('a', 'b', 'c'));
    await writer.write(job('a', 'b', 'c'));
    expect([...deadLetters.letters.values()]).toEqual([
      { entry: entry('b'), reason: 'The file server answered with status 422', at: expect.any(String) as string },
    ]);
    expect(writer.counts.written).toBe(4);
  });

  it('fails the batch when a record could not be set aside either', async () => {
    deadLetters.away = true;
    const writer = new BatchWriter(new ScriptedWriter(() => permanent), deadLetters);
    await expect(writer.write(job('a'))).rejects.toBe(transient);
    expect(writer.counts.dead_lettered).toBe(0);
  });

  it('writes the others before it fails for one', async () => {
    const scripted = new ScriptedWriter((name) => (name === 'b' ? transient : 'written'));
    await expect(new BatchWriter(scripted, deadLetters).write(job('a', 'b', 'c', 'd'))).rejects.toBe(transient);
    expect(scripted.tried.sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(deadLetters.letters.size).toBe(0);
  });

  it('leaves the rest of a batch alone when the place is away', async () => {
    const scripted = new ScriptedWriter(() => transient);
    const names = Array.from({ length: 100 }, (_, i) => String(i));
    await expect(new BatchWriter(scripted, deadLetters).write(job(...names))).rejects.toBe(transient);
    expect(scripted.tried.length).toBeLessThan(20);
  });

  it.each([null, {}, { entries: 'x' }, { entries: [{ name: 'a' }] }, { entries: [null] }])(
    'gives up on a job that holds %j',
    async (data) => {
      const writer = new BatchWriter(new ScriptedWriter(() => 'written'), deadLetters);
      const malformed = { id: 'b-1', data: data as unknown as LogBatch, attempt: 1 };
      await expect(writer.write(malformed)).rejects.toMatchObject({ code: 'invalid_request', retryable: false });
    },
  );
});
