import { SallyportError } from '@sallyport/dialects';
import { until } from '@sallyport/testing';
import type { QueueBackend, QueueBooks } from '../index';
import { PLACES, type Place } from './queue-places.fixture';

describe.each(PLACES)('the books on %s', (_kind, makePlace) => {
  const empty = { written: 0, deadLettered: 0, replayed: 0, waiting: 0, oldestWaitingMs: undefined };
  let place: Place;
  let backend: QueueBackend;
  let name: string;
  let books: QueueBooks;
  let queues = 0;

  beforeAll(async () => {
    place = await makePlace();
    backend = place.open();
  });
  afterAll(async () => {
    await backend.close();
    await place.remove();
  });
  beforeEach(async () => {
    await until(() => backend.isReady());
    name = `logs-${queues++}`;
    books = backend.openBooks(name);
  });

  it('are empty at first', async () => {
    expect(await books.totals()).toEqual(empty);
  });

  it('move the records of a batch from waiting to written and dead-lettered', async () => {
    await books.enlist('b-1', 10);
    await books.enlist('b-2', 5);
    expect(await books.totals()).toMatchObject({ written: 0, waiting: 15 });
    await books.settle('b-1', { written: 7, deadLettered: 3 });
    expect(await books.totals()).toMatchObject({ written: 7, deadLettered: 3, waiting: 5, replayed: 0 });
    await books.settle('b-2', { written: 5, deadLettered: 0 });
    expect(await books.totals()).toEqual({ ...empty, written: 12, deadLettered: 3 });
  });

  it('count a replayed batch as waiting again', async () => {
    await books.replay('b-1', 4);
    await books.replay('b-1', 4);
    expect(await books.totals()).toMatchObject({ waiting: 4, replayed: 4 });
    await books.settle('b-1', { written: 4, deadLettered: 0 });
    await books.replay('b-1', 4);
    expect(await books.totals()).toEqual({ ...empty, written: 4, replayed: 4 });
  });

  it('count each batch once, however often and late it comes', async () => {
    await books.enlist('b-1', 10);
    await books.enlist('b-1', 10);
    expect(await books.totals()).toMatchObject({ waiting: 10 });
    await books.settle('b-1', { written: 10, deadLettered: 0 });
    await books.settle('b-1', { written: 10, deadLettered: 0 });
    await books.enlist('b-1', 10);
    await books.settle('b-1', { written: 0, deadLettered: 10 });
    expect(await books.totals()).toEqual({ ...empty, written: 10 });
  });

  it('take a batch that was never enlisted, and its enlisting afterwards', async () => {
    await books.settle('b-1', { written: 3, deadLettered: 1 });
    expect(await books.totals()).toEqual({ ...empty, written: 3, deadLettered: 1 });
    await books.enlist('b-1', 4);
    expect(await books.totals()).toEqual({ ...empty, written: 3, deadLettered: 1 });
  });

  it('tell the age of the oldest batch that waits', async () => {
    const ages = async (): Promise<number> => (await books.totals()).oldestWaitingMs ?? Number.NaN;
    const before = Date.now();
    await books.enlist('b-1', 1);
    const between = Date.now();
    await until(() => Date.now() > between + 20);
    await books.enlist('b-2', 1);
    const older = await ages();
    expect(older).toBeGreaterThanOrEqual(20);
    // Clocks of two processes may differ by the tick that one of them has not seen yet.
    expect(older).toBeLessThanOrEqual(Date.now() - before + 1);
    await books.settle('b-1', { written: 1, deadLettered: 0 });
    expect(await ages()).toBeLessThanOrEqual(Date.now() - between + 1);
    await books.settle('b-2', { written: 1, deadLettered: 0 });
    expect(await books.totals()).toMatchObject({ oldestWaitingMs: undefined });
  });

  it('balance when many batches are enlisted, settled and repeated at once', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `b-${index}x`);
    const calls = ids.flatMap((id, index) => {
      const settle = (): Promise<void> => books.settle(id, { written: index, deadLettered: 1 });
      const enlist = (): Promise<void> => books.enlist(id, index + 1);
      return index % 2 === 0 ? [enlist(), enlist(), settle(), settle()] : [settle(), enlist(), settle(), enlist()];
    });
    await Promise.all(calls);
    expect(await books.totals()).toEqual({ ...empty, written: (59 * 60) / 2, deadLettered: 60 });
  });

  it('are separate for each queue', async () => {
    await books.enlist('b-1', 1);
    expect(await backend.openBooks(`${name}-other`).totals()).toEqual(empty);
  });

  it('survive what the queue survives', async () => {
    await books.enlist('b-1', 2);
    await books.settle('b-1', { written: 2, deadLettered: 0 });
    await books.enlist('b-2', 3);
    await backend.close();
    await place.crash();
    backend = place.open();
    await until(() => backend.isReady());
    const after = backend.openBooks(name);
    await after.enlist('b-1', 2);
    await after.enlist('b-2', 3);
    expect(await after.totals()).toMatchObject({ written: 2, waiting: 3 });
  });

  it('refuse calls while the queue is away', async () => {
    await backend.close();
    const away = { code: 'unavailable', retryable: true };
    await expect(books.enlist('b-1', 1)).rejects.toMatchObject(away);
    await expect(books.replay('b-1', 1)).rejects.toMatchObject(away);
    await expect(books.settle('b-1', { written: 1, deadLettered: 0 })).rejects.toBeInstanceOf(SallyportError);
    await expect(books.totals()).rejects.toMatchObject(away);
    backend = place.open();
  });
});
