import { existsSync, fsyncSync, mkdirSync, openSync, closeSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { runMigrations } from 'bullmq';
import { MAX_STALLED } from '../job-options';
import { BOOK_TABLES } from './book-statements';
import { DurableNodeFs } from './durable-node-fs';
import type { PostgresResult } from './postgres-messages';

const SCHEMA = 'bullmq';

/** Small buffers and log segments: the queue is short, and the defaults would cost 120 MB of memory and 2 s at start. */
const INITDB_PARAMETERS = ['--set', 'shared_buffers=8MB', '--wal-segsize=1'];

/** PGlite's own parameters without `-F`, which turns fsync off; of the sync methods only `fsync` reaches the disk. */
const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync', '-c', 'synchronous_commit=on'],
];

/**
 * Opens the Postgres in `dataDir`, creates it at the first time, and brings BullMQ's tables up to date. Blocks the
 * thread for up to some seconds: for a worker thread.
 */
export async function openEmbeddedDatabase(dataDir: string): Promise<PGlite> {
  const dir = join(dataDir, 'pgdata');
  if (!existsSync(dir)) await createDatabase(dir);
  const database = await openDatabase(dir);
  const session = { query: (text: string, params?: readonly unknown[]) => runStatement(database, text, params) };
  // BullMQ types the rows of a query as whatever its caller expects.
  await runMigrations(session as Parameters<typeof runMigrations>[0], SCHEMA);
  await database.exec(`SET search_path TO ${SCHEMA}, public`);
  await database.exec(BOOK_TABLES);
  return database;
}

/**
 * Gives back the jobs of workers that are gone, which otherwise wait until their locks expire: for when no worker of the
 * database can be alive. A job counts how often this happened to it, as it does for BullMQ, so that one that kills its
 * worker each time is set aside in the end.
 */
export async function releaseJobs(database: PGlite): Promise<void> {
  await database.exec(`
    UPDATE ${SCHEMA}.job SET
      state = 'waiting', seq = nextval('${SCHEMA}.job_seq'), stalled_marked = false, stalled_count = stalled_count + 1,
      lock_token = NULL, locked_until_ms = NULL,
      deferred_failure = CASE WHEN stalled_count >= ${MAX_STALLED} THEN 'job stalled more than allowable limit' END
    WHERE state = 'active'`);
}

/**
 * Makes room on disk: Postgres leaves the removal of dead rows and of old log to background processes, which do not
 * exist here. Without this the files grow by everything that ever passed.
 */
export async function tidyDatabase(database: PGlite): Promise<void> {
  await database.exec('VACUUM');
  await database.exec('CHECKPOINT');
}

/** Runs one statement, or several without parameters, and gives the last one's result. */
export async function runStatement(
  database: PGlite,
  text: string,
  params: readonly unknown[] = [],
): Promise<PostgresResult> {
  const results = params.length > 0 ? [await database.query(text, [...params])] : await database.exec(text);
  const last = results.at(-1);
  const rows = last?.rows ?? [];
  return { rows, rowCount: last?.affectedRows ?? rows.length };
}

/** Under another name until it is whole and on disk: a crash on the way leaves nothing that looks like a database. */
async function createDatabase(dir: string): Promise<void> {
  const unfinished = `${dir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  const database = await openDatabase(unfinished);
  await database.close();
  syncTree(unfinished);
  renameSync(unfinished, dir);
  syncPath(join(dir, '..'));
}

function openDatabase(dir: string): Promise<PGlite> {
  return PGlite.create({
    fs: new DurableNodeFs(dir),
    relaxedDurability: false,
    initDbStartParams: INITDB_PARAMETERS,
    startParams: START_PARAMETERS,
  });
}

function syncTree(dir: string): void {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    syncPath(join(entry.parentPath, entry.name));
  }
  syncPath(dir);
}

function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
