import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../network/free-port';
import { findRedisBinary } from './redis-binary';

/** Only ends a start that hangs; on a busy machine the program takes seconds. */
const START_LIMIT_MS = 60_000;
const PORT_ATTEMPTS = 5;

export interface RedisServerOptions {
  /** What Redis does when its memory is full; a queue needs the default, `noeviction`. */
  readonly maxmemoryPolicy?: string;
  /** When the append-only file is synced; the default of Redis is `everysec`. */
  readonly appendfsync?: 'always' | 'everysec';
}

/** A private Redis: its own process, port and folder, gone after {@link RedisServer.stop}. */
export interface RedisServer {
  /** Such as `redis://127.0.0.1:40123`. */
  readonly url: string;
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
  /** Ends the process as a crash would (SIGKILL); its folder stays for {@link RedisServer.restart}. */
  kill(): Promise<void>;
  /** Starts the process again on the same port and folder. */
  restart(): Promise<void>;
  /** Freezes the process (SIGSTOP): connections stay open and nothing answers. */
  pause(): void;
  resume(): void;
}

/**
 * Starts a real `redis-server` on a free local port, with an append-only file in a temporary folder.
 *
 * @throws Error with one clear line when no `redis-server` can be had on this machine
 */
export async function startRedis(options: RedisServerOptions = {}): Promise<RedisServer> {
  const binary = await findRedisBinary();
  for (let attempt = 1; ; attempt++) {
    const server = new LocalRedis(binary, await freePort(), await mkdtemp(join(tmpdir(), 'sallyport-redis-')), options);
    try {
      await server.restart();
      return server;
    } catch (error) {
      await server.stop();
      // Another process may have taken the port meanwhile.
      if (attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

class LocalRedis implements RedisServer {
  private child: ChildProcess | undefined;
  private readonly killWithThisProcess = (): void => void this.child?.kill('SIGKILL');

  constructor(
    private readonly binary: string,
    private readonly port: number,
    private readonly dir: string,
    private readonly options: RedisServerOptions,
  ) {
    process.once('exit', this.killWithThisProcess);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async restart(): Promise<void> {
    const settings = {
      port: this.port,
      bind: '127.0.0.1',
      dir: this.dir,
      appendonly: 'yes',
      appendfsync: this.options.appendfsync ?? 'everysec',
      save: '',
      'maxmemory-policy': this.options.maxmemoryPolicy ?? 'noeviction',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(this.binary, args, { stdio: 'ignore', argv0: 'redis-server' });
    this.child = child;
    await once(child, 'spawn');
    const deadline = Date.now() + START_LIMIT_MS;
    while (!(await answersPing(this.port))) {
      if (child.exitCode !== null) throw new Error(`redis-server ended with code ${child.exitCode}`);
      if (Date.now() > deadline) throw new Error('redis-server did not answer in time');
      await sleep(20);
    }
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async stop(): Promise<void> {
    await this.kill();
    process.off('exit', this.killWithThisProcess);
    await rm(this.dir, { recursive: true, force: true });
  }

  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }
}

/** True once the server has read its append-only file and takes commands. */
function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
    socket.once('data', (bytes) => {
      resolve(bytes.toString('latin1').startsWith('+PONG'));
      socket.destroy();
    });
  });
}
