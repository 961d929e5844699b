import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startRedis, type RedisServer } from '@sallyport/testing';
import { ProcessUnderTest } from '../process-under-test';

/** Processes that work together in a folder and with a Redis of their own. */
export class Installation {
  private readonly processes: ProcessUnderTest[] = [];

  private constructor(
    private readonly root: string,
    /** Folder on disk for everything. */
    readonly dir: string,
    readonly redis: RedisServer,
    /** The same for all processes. */
    readonly variables: Readonly<Record<string, string>>,
  ) {}

  /** @param root folder of the repository, with everything built */
  static async open(root: string, variables: Readonly<Record<string, string>> = {}): Promise<Installation> {
    const redis = await startRedis();
    const dir = await mkdtemp(join(tmpdir(), 'sallyport-bench-'));
    const filePort = await freePort();
    return new Installation(root, dir, redis, {
      DATA_DIR: dir,
      REDIS_URL: redis.url,
      FILE_SERVER_URL: `http://127.0.0.1:${filePort}`,
      FILE_SERVER_PORT: String(filePort),
      GATEWAY_PORT: '0',
      LOG_INGEST_PORT: '0',
      GATEWAY_RATE_LIMIT_PER_MINUTE: '1000000',
      LOG_LEVEL: 'warn',
      ...variables,
    });
  }

  /** @param script compiled file, as a path in the repository */
  async start(script: string, own: Readonly<Record<string, string>> = {}): Promise<ProcessUnderTest> {
    const started = await ProcessUnderTest.start(join(this.root, script), { ...this.variables, ...own });
    this.processes.push(started);
    return started;
  }

  async close(): Promise<void> {
    for (const started of this.processes.toReversed()) await started.stop();
    await this.redis.stop();
    await rm(this.dir, { recursive: true, force: true });
  }
}
