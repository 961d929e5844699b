import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '@sallyport/testing';
import { Redis } from 'ioredis';
import { SETTLE as STATEMENT } from './embedded/book-statements';
import { EmbeddedPostgres } from './embedded/embedded-postgres';
import { THREAD_FILE } from './embedded/embedded-queue-backend';
import { SETTLE as SCRIPT } from './redis/book-scripts';

/** The statement that settles a batch, with limits that the books of a test can reach. */
interface Books {
  settle(batch: string, keptMs: number, kept: number): Promise<unknown>;
  /** Settled batches that are remembered, the oldest first. */
  remembered(): Promise<string[]>;
  close(): Promise<void>;
}

async function redisBooks(): Promise<Books> {
  const server = await startRedis();
  const redis = new Redis(server.url);
  const keys = ['records', 'since', 'settled', 'totals'];
  return {
    settle: (batch, keptMs, kept) => redis.eval(SCRIPT, keys.length, ...keys, batch, 1, 0, keptMs, kept),
    remembered: () => redis.zrange('settled', '0', '-1'),
    close: async () => {
      redis.disconnect();
      await server.stop();
    },
  };
}

async function embeddedBooks(): Promise<Books> {
  const dir = await mkdtemp(join(tmpdir(), 'sallyport-books-'));
  const postgres = new EmbeddedPostgres(dir, THREAD_FILE);
  const list = 'SELECT id FROM sallyport.batch WHERE settled_ms IS NOT NULL ORDER BY settled_number';
  return {
    settle: (batch, keptMs, kept) => {
      const now = Date.now();
      return postgres.query(STATEMENT, ['logs', batch, 1, 0, now, now - keptMs, kept]);
    },
    remembered: async () => (await postgres.query(list)).rows.map((row) => (row as { id: string }).id),
    close: async () => {
      await postgres.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

describe.each([
  ['redis', redisBooks],
  ['embedded Postgres', embeddedBooks],
])('settled batches on %s', (_kind, open) => {
  const DAY_MS = 86_400_000;
  let books: Books;
  beforeEach(async () => {
    books = await open();
  });
  afterEach(() => books.close());

  it('are forgotten, the oldest first, when there are too many', async () => {
    // One at a time: several of a millisecond have no order.
    for (const id of ['b-1', 'b-2', 'b-3', 'b-4', 'b-5']) {
      await books.settle(id, DAY_MS, 3);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await books.remembered()).toEqual(['b-3', 'b-4', 'b-5']);
  });

  it('are forgotten when they are old, and not before', async () => {
    for (const id of ['b-1', 'b-2', 'b-3']) await books.settle(id, DAY_MS, 1_000);
    expect(await books.remembered()).toHaveLength(3);
    // So that the clocks of both sides have moved on.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await books.settle('b-4', 5, 1_000);
    expect(await books.remembered()).toEqual(['b-4']);
  });
});
