import { SallyportError } from '@sallyport/dialects';
import type { LogBatch } from '../../entry/log-entry';
import { entryOf, referenceTo } from '../conformance/test-entries.fixture';
import { BatchWriter } from './batch-writer';
import { away, jobOf, Ledgers, MemoryFile, MemoryQueue, MemoryStore } from './pipeline-doubles.fixture';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => entryOf(id)) as [LogEntryOf, LogEntryOf, LogEntryOf, LogEntryOf];
type LogEntryOf = ReturnType<typeof entryOf>;
const permanent = new SallyportError('upstream_failed', 'The file server answered with status 422');

describe(BatchWriter.name, () => {
  let store: MemoryStore;
  let deadLetters: MemoryQueue;
  let books: Ledgers;
  let file: MemoryFile;
  let writer: BatchWriter;
  beforeEach(() => {
    store = new MemoryStore();
    deadLetters = new MemoryQueue();
    books = new Ledgers();
    file = new MemoryFile();
    writer = new BatchWriter(store, deadLetters, books, file.asFile());
  });

  it('writes every record, settles the batch, and counts what became of the records', async () => {
    store.records.set(b.name, b.json);
    store.records.set(c.name, 'other');
    await writer.write(jobOf('b-1', [a, b, c, d]));
    expect(writer.counts).toEqual({ written: 2, present: 1, written_beside: 1, dead_lettered: 0 });
    expect([...books.settled]).toEqual([['b-1', { written: 4, deadLettered: 0 }]]);
  });

  it('sets a record aside that will never be taken, once, and writes the others', async () => {
    store.refuse = ({ name }) => (name === b.name ? permanent : undefined);
    await writer.write(jobOf('b-1', [a, b, c]));
    await writer.write(jobOf('b-1', [a, b, c]));
    const letter = { entry: b, reason: 'The file server answered with status 422', at: expect.any(String) as string };
    expect([...deadLetters.jobs.values()]).toEqual([letter]);
    const [id] = deadLetters.jobs.keys();
    expect(file.letters).toEqual([
      { id, ...letter },
      { id, ...letter },
    ]);
    expect(books.settled.get('b-1')).toEqual({ written: 2, deadLettered: 1 });
  });

  it('gives the letters of another batch another id', async () => {
    store.refuse = () => permanent;
    await writer.write(jobOf('b-1', [a]));
    await writer.write(jobOf('b-2', [a]));
    expect(deadLetters.jobs.size).toBe(2);
  });

  it('leaves only the rest for the next try, with the tally so far', async () => {
    store.refuse = ({ name }) => ({ [a.name]: permanent, [c.name]: away })[name];
    const job = jobOf('b-1', [a, b, c, d]);
    await expect(writer.write(job)).rejects.toBe(away);
    expect(job.data).toEqual({ entries: [c], done: { written: 2, deadLettered: 1 } });
    expect(books.settled.size).toBe(0);
    store.refuse = () => undefined;
    await writer.write(job);
    expect(books.settled.get('b-1')).toEqual({ written: 3, deadLettered: 1 });
  });

  it('does not touch the job when nothing was done', async () => {
    store.refuse = () => away;
    const job = jobOf('b-1', [a, b]);
    job.failUpdate = true;
    await expect(writer.write(job)).rejects.toBe(away);
    expect(job.data).toEqual({ entries: [a, b] });
  });

  it.each(['queue', 'file'] as const)('tries again what could not be set aside, as the %s fails', async (which) => {
    store.refuse = ({ name }) => (name === b.name ? undefined : permanent);
    (which === 'queue' ? deadLetters : file).failure = new SallyportError('body_too_large', 'never');
    const job = jobOf('b-1', [a, b, c]);
    await expect(writer.write(job)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    const givenUp = { reason: permanent.message, at: expect.any(String) as string };
    const left = [a, c].map((entry) => ({ ...entry, givenUp }));
    expect(job.data).toEqual({ entries: left, done: { written: 1, deadLettered: 0 } });
    expect(deadLetters.jobs.size).toBe(0);
    expect(file.letters).toHaveLength(which === 'queue' ? 1 : 0);
    expect(writer.counts.dead_lettered).toBe(0);
  });

  it('makes no dead letter before it is noted that there may be one', async () => {
    store.refuse = ({ name }) => (name === b.name ? permanent : undefined);
    const job = jobOf('b-1', [a, b]);
    job.failUpdate = true;
    await expect(writer.write(job)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect([...deadLetters.jobs, ...file.letters]).toEqual([]);
    store.refuse = () => undefined;
    await writer.write(job);
    expect(books.settled.get('b-1')).toEqual({ written: 2, deadLettered: 0 });
  });

  it('stays with a decision although the place would take the record now', async () => {
    store.refuse = () => permanent;
    deadLetters.failure = away;
    const job = jobOf('b-1', [a]);
    await expect(writer.write(job)).rejects.toBe(away);
    store.refuse = () => undefined;
    deadLetters.failure = undefined;
    await writer.write(job);
    expect(store.records.size).toBe(0);
    const letter = { entry: a, reason: permanent.message, at: file.letters[0]?.at };
    expect([...deadLetters.jobs.values()]).toEqual([letter]);
    expect(file.letters.map(({ id: _id, ...filed }) => filed)).toEqual([letter, letter]);
    expect(books.settled.get('b-1')).toEqual({ written: 0, deadLettered: 1 });
  });

  it('is not done before the books say so', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    jest.spyOn(books, 'settle').mockReturnValue(promise);
    const ended = jest.fn();
    const writing = writer.write(jobOf('b-1', [a])).then(ended);
    await new Promise(setImmediate);
    expect(books.settle).toHaveBeenCalledTimes(1);
    expect(ended).not.toHaveBeenCalled();
    resolve();
    await writing;
  });

  it('tries again when the job or the books cannot be changed, whatever they say', async () => {
    const failed = { code: 'unavailable', retryable: true };
    store.refuse = ({ name }) => (name === a.name ? away : undefined);
    const job = jobOf('b-1', [a, b]);
    job.failUpdate = true;
    await expect(writer.write(job)).rejects.toMatchObject(failed);
    store.refuse = () => undefined;
    books.failure = new TypeError('x');
    await expect(writer.write(job)).rejects.toMatchObject(failed);
    books.failure = undefined;
    await writer.write(job);
    expect(books.settled.get('b-1')).toEqual({ written: 2, deadLettered: 0 });
  });

  it('believes a reference only when the record is there', async () => {
    store.records.set(a.name, a.json);
    const [there, gone] = [a, b].map((entry) => referenceTo(entry, { outcome: 'written', path: entry.name }));
    if (there === undefined || gone === undefined) throw new Error('two references');
    await writer.write(jobOf('b-1', [there, gone, c]));
    expect(books.settled.get('b-1')).toEqual({ written: 2, deadLettered: 1 });
    expect([...deadLetters.jobs.values()]).toMatchObject([
      { entry: gone, reason: 'It was stored directly and is not in its place any more' },
    ]);
  });

  it('asks again for a reference that nobody can tell of', async () => {
    store.refuse = () => away;
    const reference = referenceTo(a, { outcome: 'written', path: a.name });
    await expect(writer.write(jobOf('b-1', [reference]))).rejects.toBe(away);
    expect(deadLetters.jobs.size).toBe(0);
  });

  it.each([
    { ...a, name: '../a' },
    { ...a, name: '..' },
    { ...a, name: '' },
    { ...a, name: 'x'.repeat(161) },
    { ...a, callId: 'a/b' },
    { ...a, date: '2026-11-21/..' },
    { ...referenceTo(a, undefined), date: '+010000-01' },
  ])('sets an entry aside that could lead out of its folder: %#', async (entry) => {
    await writer.write(jobOf('b-1', [entry, b]));
    expect([...store.records.keys()]).toEqual([b.name]);
    expect([...deadLetters.jobs.values()]).toMatchObject([{ entry }]);
  });

  it('tries again when its store forgets to say what became of a record', async () => {
    store.forgetful = true;
    const job = jobOf('b-1', [a, b]);
    await expect(writer.write(job)).rejects.toMatchObject({ retryable: true });
    expect(job.data).toEqual({ entries: [b], done: { written: 1, deadLettered: 0 } });
  });

  it.each([
    null,
    {},
    { entries: 'x' },
    { entries: [{ name: 'a' }] },
    { entries: [null] },
    { entries: [{ ...a, json: 1 }] },
    { entries: [{ ...a, givenUp: { reason: 'x' } }] },
    { entries: [{ callId: 'c', date: 'd', name: 'n', stored: { path: 'p' } }] },
    { entries: [], done: { written: 'x' } },
  ])('gives up on a job that holds %j', async (data) => {
    const malformed = jobOf('b-1', []);
    malformed.data = data as unknown as LogBatch;
    await expect(writer.write(malformed)).rejects.toMatchObject({ code: 'invalid_request', retryable: false });
    expect(books.settled.size).toBe(0);
  });
});
