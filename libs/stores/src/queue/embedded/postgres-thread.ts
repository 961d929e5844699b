/** Entry of the thread that runs the embedded Postgres, so that its work never blocks the event loop of the apps. */
import { parentPort, workerData } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import { openEmbeddedDatabase, releaseJobs, runStatement } from './embedded-database';
import { Housekeeping } from './housekeeping';
import type { PostgresFailure, PostgresMessage, PostgresRequest, PostgresThreadData } from './postgres-messages';

const port = parentPort;
if (port === null) throw new Error('This file is the entry of a worker thread');

const tell = (message: PostgresMessage): void => port.postMessage(message);

async function main(): Promise<void> {
  const { dataDir, isFirst } = workerData as PostgresThreadData;
  const database = await openEmbeddedDatabase(dataDir);
  if (isFirst) await releaseJobs(database);
  database.onNotification((channel, payload) => tell({ kind: 'notification', channel, payload }));
  const housekeeping = new Housekeeping(database, (reason) => tell({ kind: 'problem', reason }));
  port?.on('message', (request: PostgresRequest) => {
    void answer(database, request);
    if (request.kind === 'query') housekeeping.note(request.params);
  });
  tell({ kind: 'ready' });
}

/** PGlite runs statements one after the other, each in its own transaction. */
async function answer(database: PGlite, request: PostgresRequest): Promise<void> {
  try {
    if (request.kind === 'close') {
      await database.close();
      tell({ kind: 'result', id: request.id, result: { rows: [], rowCount: 0 } });
      port?.close();
      return;
    }
    const result = await runStatement(database, request.text, request.params);
    tell({ kind: 'result', id: request.id, result });
  } catch (error) {
    tell({ kind: 'failure', id: request.id, failure: describe(error) });
  }
}

function describe(error: unknown): PostgresFailure {
  const { message, code, detail } = error as { message?: string; code?: string; detail?: string };
  return { message: message ?? String(error), code, detail };
}

// A database that does not open ends the thread: the main thread hears of it and tries again.
void main().catch((error: unknown) => {
  setImmediate(() => {
    throw error;
  });
});
