import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { within } from './within';

const APPS = join(__dirname, '../..');
/** Only ends what hangs: longer than any drain of the tests. */
const END_LIMIT_MS = 120_000;

interface ReadyLine {
  readonly url: string;
  readonly addresses?: Record<string, string>;
}

/** One of the built apps as a process of its own, the way `npm run start:…` runs it. */
export class ProductProcess {
  /** Everything the process has written so far. */
  readonly output: string[] = [];
  /** What it says once it takes calls; rejects when it ends before that. */
  readonly whenReady: Promise<ReadyLine>;
  /** Resolves with the exit code, which is null after a signal. */
  readonly whenEnded: Promise<number | null>;
  private line: ReadyLine | undefined;

  private constructor(
    app: string,
    private readonly child: ChildProcess,
  ) {
    // Whatever becomes of the test, nothing that it started is left.
    const endWithTest = (): void => void child.kill('SIGKILL');
    process.once('exit', endWithTest);
    child.once('exit', () => process.off('exit', endWithTest));
    child.unref();
    for (const pipe of [child.stdout, child.stderr]) (pipe as Socket | null)?.unref();
    // Not `exit`: what the process has written may still be on its way then.
    this.whenEnded = once(child, 'close').then(([code]) => code as number | null);
    child.stderr?.on('data', (bytes: Buffer) => this.output.push(bytes.toString()));
    this.whenReady = new Promise<ReadyLine>((resolve, reject) => {
      if (child.stdout === null) return;
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.output.push(line);
        if (!line.includes('"event":"ready"')) return;
        this.line = JSON.parse(line) as ReadyLine;
        resolve(this.line);
      });
      void this.whenEnded.then((code) =>
        reject(new Error(`${app} ended with code ${code}: ${this.output.join('\n')}`)),
      );
    });
    // Whoever does not ask learns of an early end by `whenEnded`.
    this.whenReady.catch(() => undefined);
  }

  /** @param variables replace the environment of the test, but for the search path */
  static spawn(app: string, variables: Record<string, string>): ProductProcess {
    const child = spawn(process.execPath, [join(APPS, app, 'dist/main.js')], {
      env: { PATH: process.env['PATH'], ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new ProductProcess(app, child);
  }

  /** The same, once it takes calls. */
  static async start(app: string, variables: Record<string, string>): Promise<ProductProcess> {
    const started = ProductProcess.spawn(app, variables);
    await started.whenReady;
    return started;
  }

  /** @throws Error before the process takes calls */
  get ready(): ReadyLine {
    if (this.line === undefined) throw new Error('the process is not ready');
    return this.line;
  }

  get isReady(): boolean {
    return this.line !== undefined;
  }

  get url(): string {
    return this.ready.url;
  }

  /**
   * Asks the process to end and waits for it.
   *
   * @throws Error when it has to be killed, as it does not end
   */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    try {
      return await within(END_LIMIT_MS, 'a process that was asked to end did not', this.whenEnded);
    } catch (error) {
      await this.kill();
      throw new Error(`${(error as Error).message}: ${this.output.slice(-20).join('\n')}`, { cause: error });
    }
  }

  /** Ends the process without a chance to clean up. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.whenEnded;
  }
}
