import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import type {
  PostgresFailure,
  PostgresMessage,
  PostgresRequest,
  PostgresResult,
  PostgresThreadData,
} from './postgres-messages';

interface Pending {
  readonly resolve: (result: PostgresResult) => void;
  readonly reject: (error: Error) => void;
}

interface EmbeddedPostgresEvents {
  notification: [channel: string, payload: string];
  /** The thread ended by itself; it is started again. */
  crash: [error: Error];
  /** Something went wrong that fails no statement. */
  problem: [reason: string];
}

/** A request without the number that pairs it with its answer; distributes over the kinds of request. */
type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Doubles with each start that fails. */
const RESTART_DELAY_MS = 500;
const LONGEST_RESTART_DELAY_MS = 30_000;

/**
 * The main thread's end of the embedded Postgres. Statements wait until the database is open; those under way when the
 * thread dies are rejected, and the thread is started again.
 */
export class EmbeddedPostgres extends EventEmitter<EmbeddedPostgresEvents> {
  private thread: Worker;
  private open = Promise.withResolvers<void>();
  private isOpen = false;
  private wasOpen = false;
  private closed = false;
  private nextId = 1;
  private failedStarts = 0;
  private readonly pending = new Map<number, Pending>();

  /** @param threadFile the compiled entry of the thread */
  constructor(
    private readonly dataDir: string,
    private readonly threadFile: string,
  ) {
    super();
    this.thread = this.startThread();
  }

  get ready(): boolean {
    return this.isOpen;
  }

  /** @throws Error with the `code` and `detail` of Postgres */
  async query(text: string, params: readonly unknown[] = []): Promise<PostgresResult> {
    await this.open.promise;
    if (this.closed) throw new Error('The embedded queue is closed');
    return this.request({ kind: 'query', text, params });
  }

  /** Finishes what is under way and closes the database. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    if (this.isOpen) await this.request({ kind: 'close' });
    await this.thread.terminate();
    this.isOpen = false;
    this.fail(new Error('The embedded queue is closed'));
    this.open.reject(new Error('The embedded queue is closed'));
  }

  private startThread(): Worker {
    this.open.promise.catch(() => undefined);
    const workerData: PostgresThreadData = { dataDir: this.dataDir, isFirst: !this.wasOpen };
    const thread = new Worker(this.threadFile, { workerData, name: 'sallyport-postgres' });
    let failure = new Error('The embedded Postgres ended');
    thread.on('error', (error: Error) => (failure = error));
    thread.on('message', (message: PostgresMessage) => this.receive(message));
    thread.on('exit', () => this.recover(failure));
    return thread;
  }

  private recover(failure: Error): void {
    if (this.closed) return;
    if (this.isOpen) this.open = Promise.withResolvers<void>();
    this.isOpen = false;
    const delayMs = Math.min(LONGEST_RESTART_DELAY_MS, RESTART_DELAY_MS * 2 ** this.failedStarts++);
    this.fail(failure);
    this.emit('crash', failure);
    setTimeout(() => {
      if (!this.closed) this.thread = this.startThread();
    }, delayMs).unref();
  }

  private fail(error: Error): void {
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of waiting) reject(error);
  }

  private request(request: Unnumbered<PostgresRequest>): Promise<PostgresResult> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.thread.postMessage({ ...request, id });
    });
  }

  private receive(message: PostgresMessage): void {
    switch (message.kind) {
      case 'ready':
        this.isOpen = true;
        this.wasOpen = true;
        this.failedStarts = 0;
        this.open.resolve();
        return;
      case 'notification':
        this.emit('notification', message.channel, message.payload);
        return;
      case 'problem':
        this.emit('problem', message.reason);
        return;
      case 'result':
        this.take(message.id)?.resolve(message.result);
        return;
      case 'failure':
        this.take(message.id)?.reject(postgresError(message.failure));
    }
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }
}

function postgresError({ message, code, detail }: PostgresFailure): Error {
  return Object.assign(new Error(message), { code, detail });
}
