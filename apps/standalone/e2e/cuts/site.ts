import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CutProxy, freePort, startRedis, type RedisServer } from '@sallyport/testing';
import type { BookSources } from '../siege/books';
import { allReady, PREFIX, siegeSettings } from '../siege/camp';
import { startEchoUpstream } from '../siege/echo-upstream';
import { SupervisedProcess } from '../siege/supervised-process';

/** Characters of a prompt whose record does not pass the queue. */
export const DIRECT_PROMPT = 40_000;
/** The least there may be. */
const OUTBOX_BYTES = 1_048_576;
const QUEUE = { LOG_QUEUE_PREFIX: '{cuts}', LOG_QUEUE_NAME: 'logs' };
const TOTALS = `${QUEUE.LOG_QUEUE_PREFIX}:${QUEUE.LOG_QUEUE_NAME}:books:totals`;
/** Only ends what hangs. */
const ANSWER_LIMIT_MS = 60_000;

type Processes = Readonly<Record<'gateway' | 'worker' | 'file-server', SupervisedProcess>>;

interface SiteParts {
  readonly dir: string;
  readonly redis: RedisServer;
  readonly proxies: Readonly<Record<'redis' | 'files', CutProxy>>;
  readonly processes: Processes;
  readonly urls: Readonly<Record<'gateway' | 'worker' | 'files', string>>;
  readonly filesDir: string;
}

/** A gateway, a worker, a file server and Redis, with a proxy before each of the two that others write to. */
export class Site {
  private constructor(
    private readonly parts: SiteParts,
    private readonly closeUpstream: () => Promise<void>,
  ) {}

  static async open(): Promise<Site> {
    const upstream = await startEchoUpstream();
    const redis = await startRedis({ appendfsync: 'always' });
    const dir = await mkdtemp(join(tmpdir(), 'sallyport-cuts-'));
    const filesDir = join(dir, 'files');
    const [gateway, worker, files] = [await freePort(), await freePort(), await freePort()];
    const proxies = {
      redis: await CutProxy.start(Number(new URL(redis.url).port)),
      files: await CutProxy.start(files),
    };
    const variables = {
      ...siegeSettings(upstream.url),
      ...QUEUE,
      REDIS_URL: `redis://127.0.0.1:${proxies.redis.port}`,
      FILE_SERVER_URL: local(proxies.files.port),
      FILE_SERVER_PORT: String(files),
      FILE_SERVER_DIR: filesDir,
      GATEWAY_PORT: String(gateway),
      LOG_INGEST_PORT: String(worker),
      DATA_DIR: dir,
      LOG_OUTBOX_MAX_BYTES: String(OUTBOX_BYTES),
      // What a killed worker had under way is soon given to its successor.
      LOG_WORKER_LOCK_SECONDS: '1',
    };
    const processes = {
      gateway: new SupervisedProcess('gateway', 'gateway', variables),
      worker: new SupervisedProcess('worker', 'log-ingest', variables),
      'file-server': new SupervisedProcess('file-server', 'file-server', variables),
    };
    for (const process of Object.values(processes)) process.start();
    const urls = { gateway: local(gateway), worker: local(worker), files: local(files) };
    return new Site({ dir, redis, proxies, processes, urls, filesDir }, () => upstream.close());
  }

  get proxies(): SiteParts['proxies'] {
    return this.parts.proxies;
  }

  get processes(): readonly SupervisedProcess[] {
    return Object.values(this.parts.processes);
  }

  get gatewayUrl(): string {
    return this.parts.urls.gateway;
  }

  get books(): BookSources {
    return { outboxes: [this.gatewayUrl], logIngest: this.parts.urls.worker };
  }

  get fileServer(): { readonly url: string; readonly dir: string } {
    return { url: this.parts.urls.files, dir: this.parts.filesDir };
  }

  /** Kills with SIGKILL before it returns, and starts it again when `work` is done. */
  async killWhile(victim: keyof Processes | 'redis', work: () => Promise<void>): Promise<void> {
    if (victim !== 'redis') return this.parts.processes[victim].killWhile(work);
    const { redis } = this.parts;
    await redis.kill();
    try {
      await work();
    } finally {
      await redis.restart();
    }
  }

  async ready(): Promise<void> {
    await allReady(this.processes);
  }

  /** Records that are whole files on the disk now, whether or not anybody serves them. */
  async recordsOnDisk(): Promise<number> {
    const found = await readdir(join(this.parts.filesDir, PREFIX), { recursive: true }).catch(() => []);
    return found.filter((name) => name.endsWith('.json')).length;
  }

  /** Records that the books call written now; asks Redis itself, as their worker may be gone. */
  async recordsBooked(): Promise<number> {
    return Number(await hashField(Number(new URL(this.parts.redis.url).port), TOTALS, 'written'));
  }

  async close(): Promise<void> {
    const { proxies, redis, dir } = this.parts;
    proxies.redis.heal();
    proxies.files.heal();
    const ended = await Promise.allSettled(this.processes.map((process) => process.stop()));
    await Promise.all([proxies.redis.close(), proxies.files.close(), this.closeUpstream(), redis.stop()]);
    await rm(dir, { recursive: true, force: true });
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  }
}

function local(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Asks Redis by its inline protocol; 0 for a field that is not there. */
async function hashField(port: number, key: string, field: string): Promise<string> {
  const socket = connect(port, '127.0.0.1', () => socket.write(`HGET ${key} ${field}\r\n`));
  socket.setTimeout(ANSWER_LIMIT_MS, () => socket.destroy(new Error('Redis does not answer')));
  let answer = '';
  for await (const bytes of socket) {
    answer += String(bytes);
    const [whole, value = '0'] = /^\$(?:-1|\d+\r\n(\d+))\r\n$/.exec(answer) ?? [];
    if (whole !== undefined) return value;
  }
  throw new Error(`Redis answered ${answer}`);
}
