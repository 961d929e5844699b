import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '@sallyport/config';
import { createLogger } from '@sallyport/telemetry';
import { until } from '@sallyport/testing';
import { TestProcess } from '../../process/child-process.fixture';
import { openEmbeddedQueue } from './embedded-queue-backend';
import { EmbeddedPostgres } from './embedded-postgres';
import { EmbeddedPostgresPool } from './postgres-pool';

const logger = createLogger('test', 'silent');

/** Adds jobs without end and prints the id of each that was accepted. */
const PRODUCER = `
  const { openEmbeddedQueue } = require('@sallyport/stores');
  const { createLogger } = require('@sallyport/telemetry');
  const backend = openEmbeddedQueue(process.argv[1], createLogger('child', 'silent'));
  const queue = backend.createQueue('logs');
  (async () => {
    while (!backend.isReady()) await new Promise((resolve) => setTimeout(resolve, 10));
    for (let i = 0; ; i++) {
      await queue.add('b-' + i + 'x', { text: 'x'.repeat(10000) });
      // Unlike process.stdout, which keeps in memory what its reader is slow to take: a kill would lose it.
      require('node:fs').writeSync(1, 'b-' + i + 'x\\n');
    }
  })();
`;

describe(openEmbeddedQueue.name, () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-embedded-'));
  });
  afterEach(async () => {
    await TestProcess.killAll();
    await rm(dir, { recursive: true, force: true });
  });

  it('keeps every accepted job when the process is killed', async () => {
    const child = new TestProcess(PRODUCER, dir);
    await child.told(40);
    await child.kill();
    const accepted = child.lines;

    const backend = openEmbeddedQueue(dir, logger);
    const seen = new Set<string>();
    const worker = backend.createWorker('logs', (job) => Promise.resolve(void seen.add(job.id)), { concurrency: 1 });
    await until(() => accepted.every((id) => seen.has(id)));
    expect(accepted.length).toBeGreaterThanOrEqual(40);
    await worker.close(5_000);
    await backend.close();
  });

  it('refuses a folder that is in use', async () => {
    const backend = openEmbeddedQueue(dir, logger);
    expect(() => openEmbeddedQueue(dir, logger)).toThrow(ConfigurationError);
    await backend.close();
    await openEmbeddedQueue(dir, logger).close();
  });

  it('takes over the lock of a process that is gone, and a lock that was half written', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    for (const lock of [
      JSON.stringify({ pid: gone.pid, startedAt: 1 }),
      `{"pid":${process.pid},"startedAt":1}`,
      '{"p',
    ]) {
      await writeFile(join(dir, 'lock'), lock);
      await openEmbeddedQueue(dir, logger).close();
    }
  });

  it('starts anew where the first start was cut off', async () => {
    const first = openEmbeddedQueue(dir, logger);
    await sleep(300);
    await first.close();
    const backend = openEmbeddedQueue(dir, logger);
    await until(() => backend.isReady());
    const queue = backend.createQueue('logs');
    await queue.add('b-1', {});
    expect((await queue.counts()).waiting).toBe(1);
    await backend.close();
  });

  it('leaves the event loop of its process free while it opens', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    const backend = openEmbeddedQueue(dir, logger);
    await until(() => backend.isReady());
    clearInterval(timer);
    await backend.close();
    // Creating a database is seconds of work, in few long pieces: on this thread it would leave room for a few turns.
    expect(turns).toBeGreaterThan(30);
  });
});

describe(EmbeddedPostgres.name, () => {
  let dir: string;
  let postgres: EmbeddedPostgres;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-thread-'));
    const thread = join(dir, 'thread.js');
    // Stands for a database that answers with its statement and dies of one.
    await writeFile(
      thread,
      `const { parentPort } = require('node:worker_threads');
       parentPort.on('message', ({ id, kind, text }) => {
         if (text === 'die') throw new Error('died');
         parentPort.postMessage({ kind: 'result', id, result: { rows: [text], rowCount: 1 } });
       });
       parentPort.postMessage({ kind: 'ready' });`,
    );
    postgres = new EmbeddedPostgres(dir, thread);
  });
  afterEach(async () => {
    await postgres.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('rejects what was under way when its thread dies, tells clients, and comes back', async () => {
    const pool = new EmbeddedPostgresPool(postgres);
    const client = await pool.connect();
    const failures: string[] = [];
    client.on('error', (error) => failures.push(error.message));
    await expect(pool.query('die')).rejects.toThrow('died');
    expect(postgres.ready).toBe(false);
    expect(failures).toEqual(['died']);
    expect(await client.query('SELECT 1')).toEqual({ rows: ['SELECT 1'], rowCount: 1 });
  });

  it('refuses transactions over several statements', async () => {
    const pool = new EmbeddedPostgresPool(postgres);
    await expect(pool.query('BEGIN')).rejects.toThrow('own transaction');
  });

  it('rejects what waits for it when it is closed', async () => {
    await expect(postgres.query('die')).rejects.toThrow('died');
    const waiting = postgres.query('SELECT 1');
    await postgres.close();
    await expect(waiting).rejects.toThrow('closed');
  });
});
