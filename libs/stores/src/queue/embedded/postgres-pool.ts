import { EventEmitter } from 'node:events';
import type { PgNotification, PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import type { EmbeddedPostgres } from './embedded-postgres';

/**
 * The embedded Postgres in the form of a `pg.Pool`, as BullMQ's Postgres backend takes one. All clients share the one
 * session that there is, so transactions over several statements are refused; BullMQ needs them for migrations only,
 * and those run inside the thread.
 */
export class EmbeddedPostgresPool extends EventEmitter implements PgPool {
  constructor(private readonly postgres: EmbeddedPostgres) {
    super();
    // Each queue and worker listens for crashes.
    this.setMaxListeners(0);
    postgres.setMaxListeners(0);
  }

  query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    return runQuery(this.postgres, text, params);
  }

  connect(): Promise<PgPoolClient> {
    return Promise.resolve(new EmbeddedPostgresClient(this.postgres));
  }

  /** The database outlives the queues and workers that use it. */
  end(): Promise<void> {
    return Promise.resolve();
  }
}

class EmbeddedPostgresClient extends EventEmitter implements PgPoolClient {
  private readonly forward = (channel: string, payload: string): void => {
    const notification: PgNotification = { channel, payload };
    this.emit('notification', notification);
  };
  /** Tells BullMQ that its LISTEN is gone, whereupon it connects again. */
  private readonly forwardCrash = (error: Error): void => {
    if (this.listenerCount('error') > 0) this.emit('error', error);
  };

  constructor(private readonly postgres: EmbeddedPostgres) {
    super();
    postgres.on('notification', this.forward);
    postgres.on('crash', this.forwardCrash);
  }

  query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    return runQuery(this.postgres, text, params);
  }

  release(): void {
    this.postgres.off('notification', this.forward);
    this.postgres.off('crash', this.forwardCrash);
  }
}

async function runQuery<R>(
  postgres: EmbeddedPostgres,
  text: string,
  params: readonly unknown[] = [],
): Promise<PgQueryResult<R>> {
  if (/^\s*(BEGIN|START\s+TRANSACTION)\b/i.test(text)) {
    throw new Error('The embedded queue runs every statement in its own transaction');
  }
  const { rows, rowCount } = await postgres.query(text, params);
  // The caller knows the columns of its statement.
  return { rows: rows as R[], rowCount };
}
