import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@sallyport/telemetry';
import { until } from '@sallyport/testing';
import { TestProcess } from '../../process/child-process.fixture';
import type { Job, JobWorker, QueueBackend } from '../queue-backend.port';
import { EmbeddedPostgres } from './embedded-postgres';
import { openEmbeddedQueue, THREAD_FILE } from './embedded-queue-backend';

const logger = createLogger('test', 'silent');
const empty = { waiting: 0, active: 0, delayed: 0, failed: 0 };
/** Nothing that was under way is taken again within a test because its lock has expired. */
const PATIENT = { concurrency: 1, lockMs: 3_600_000 };

const OPEN = `
  const { openEmbeddedQueue } = require('@sallyport/stores');
  const { createLogger } = require('@sallyport/telemetry');
  const backend = openEmbeddedQueue(process.argv[1], createLogger('child', 'silent'));
  const queue = backend.createQueue('logs');
  const books = backend.openBooks('logs');
  // Unlike process.stdout, which keeps in memory what its reader is slow to take: a kill would lose it.
  const tell = (line) => require('node:fs').writeSync(1, line + '\\n');
`;

/** Takes a job and never ends it. */
const STUCK_WORKER = `${OPEN}
  backend.createWorker('logs', (job) => {
    tell(job.id);
    return new Promise(() => undefined);
  }, { concurrency: 1, lockMs: 3600000 });
`;

/** Adds batches without end, several at a time, works on them meanwhile, and tells what was accepted and what begun. */
const BUSY = `${OPEN}
  backend.createWorker('logs', async (job) => {
    tell('begun ' + job.id);
    await books.settle(job.id, { written: 1, deadLettered: 0 });
  }, { concurrency: 2 });
  const produce = async (lane) => {
    for (let i = 0; ; i++) {
      const id = 'b-' + process.argv[2] + '-' + lane + '-' + i;
      await books.enlist(id, 1);
      await queue.add(id, { text: 'x'.repeat(5000) });
      tell('accepted ' + id);
    }
  };
  (async () => {
    while (!backend.isReady()) await new Promise((resolve) => setTimeout(resolve, 5));
    for (let lane = 0; lane < 4; lane++) void produce(lane);
  })();
`;

describe('an embedded queue whose process is killed', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-crash-'));
  });
  afterEach(async () => {
    await TestProcess.killAll();
    await rm(dir, { recursive: true, force: true });
  });

  /** Opens the queue here and works on it until the condition holds. */
  async function work(
    process: (job: Job<unknown>, backend: QueueBackend) => Promise<void>,
    condition: (worker: JobWorker, backend: QueueBackend) => boolean | Promise<boolean>,
  ): Promise<void> {
    const backend = openEmbeddedQueue(dir, logger);
    const worker = backend.createWorker('logs', (job) => process(job, backend), PATIENT);
    try {
      await until(() => backend.isReady());
      await until(() => condition(worker, backend));
    } finally {
      await worker.close(5_000);
      await backend.close();
    }
  }

  async function add(id: string): Promise<void> {
    const backend = openEmbeddedQueue(dir, logger);
    await until(() => backend.isReady());
    await backend.createQueue('logs').add(id, {});
    await backend.close();
  }

  it('gives the job that was under way to the next worker without waiting for its lock', async () => {
    await add('b-1');
    const child = new TestProcess(STUCK_WORKER, dir);
    await child.told(1);
    await child.kill();
    const attempts: number[] = [];
    await work(
      (job) => Promise.resolve(void attempts.push(job.attempt)),
      async (worker, backend) => {
        if (worker.progress.completed === 0) return false;
        expect(worker.progress).toMatchObject({ completed: 1, retried: 0, failed: 0 });
        expect(await backend.createQueue('logs').counts()).toEqual(empty);
        return true;
      },
    );
    expect(attempts).toEqual([1]);
  });

  it('sets a job aside over which a hundred workers were killed', async () => {
    await add('b-1');
    const postgres = new EmbeddedPostgres(dir, THREAD_FILE);
    await postgres.query(`UPDATE bullmq.job SET state = 'active', lock_token = 'gone', stalled_count = 100`);
    await postgres.close();
    let begun = false;
    await work(
      () => Promise.resolve(void (begun = true)),
      async (worker, backend) => {
        if (worker.progress.failed === 0) return false;
        const [job] = await Array.fromAsync(backend.createQueue('logs').list('failed', 0, 1));
        expect(job).toMatchObject({ id: 'b-1', failedReason: 'job stalled more than allowable limit' });
        return true;
      },
    );
    expect(begun).toBe(false);
  });

  // Several times a few rounds: each opens a database, which takes seconds on a busy machine.
  it.each([1, 2, 3, 4])(
    'has every accepted batch, and none twice, after being killed at any moment again and again (%i)',
    async () => {
      const accepted = new Set<string>();
      const begun = new Set<string>();
      const rounds = 4;
      for (let round = 0; round < rounds; round++) {
        const child = new TestProcess(BUSY, dir, String(round));
        // The third is killed while it opens the database, the others at some moment under load.
        if (round === 2) await sleep(Math.random() * 1_000);
        else await child.told(10 + Math.floor(Math.random() * 50));
        await child.kill();
        for (const line of child.lines) {
          const [what, id] = line.split(' ');
          (what === 'begun' ? begun : accepted).add(id ?? '');
        }
      }
      const left: string[] = [];
      await work(
        async (job, backend) => {
          left.push(job.id);
          await backend.openBooks('logs').settle(job.id, { written: 1, deadLettered: 0 });
        },
        async (_worker, backend) => {
          const { waiting, active, delayed, failed } = await backend.createQueue('logs').counts();
          if (waiting + active + delayed > 0) return false;
          const totals = await backend.openBooks('logs').totals();
          expect(failed).toBe(0);
          expect(totals.written).toBe(new Set([...begun, ...left]).size);
          // Enlisted, and killed before the batch was added: the product adds it again from its outbox.
          expect(totals.waiting).toBeLessThanOrEqual(4 * rounds);
          return true;
        },
      );
      expect(new Set(left).size).toBe(left.length);
      expect([...accepted].filter((id) => !begun.has(id) && !left.includes(id))).toEqual([]);
      // Of ten lines at most four tell of batches that are begun and not accepted yet.
      expect(accepted.size).toBeGreaterThanOrEqual(3 * 3);
    },
  );
});

describe('the files of an embedded queue', () => {
  it('stay small however much has passed through it', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sallyport-files-'));
    const backend = openEmbeddedQueue(dir, logger);
    const worker = backend.createWorker('logs', () => Promise.resolve(), PATIENT);
    await until(() => backend.isReady());
    const queue = backend.createQueue('logs');
    const before = await sizeOf(dir);
    for (let i = 0; i < 80; i++) {
      await queue.add(`b-${i}x`, { text: randomBytes(750_000).toString('base64') });
      await until(() => worker.progress.completed === i + 1);
    }
    // 80 MB passed, into the log and into the tables; without tidying both would have kept them.
    expect((await sizeOf(dir)) - before).toBeLessThan(90 * 1_048_576);
    await worker.close(5_000);
    await backend.close();
    await rm(dir, { recursive: true, force: true });
  });
});

async function sizeOf(dir: string): Promise<number> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  // A file of the log may go meanwhile.
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
