import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const APPS = join(__dirname, '../..');

interface ReadyLine {
  readonly url: string;
  readonly addresses?: Record<string, string>;
}

/** One of the built apps as a process of its own, the way `npm run start:…` runs it. */
export class ProductProcess {
  private constructor(
    readonly ready: ReadyLine,
    private readonly child: ChildProcess,
    /** Everything the process has written so far. */
    readonly output: readonly string[],
  ) {}

  /** @param variables replace the environment of the test, but for the search path */
  static async start(app: string, variables: Record<string, string>): Promise<ProductProcess> {
    const child = spawn(process.execPath, [join(APPS, app, 'dist/main.js')], {
      env: { PATH: process.env['PATH'], ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    child.stderr.on('data', (bytes: Buffer) => output.push(bytes.toString()));
    const ready = await new Promise<ReadyLine>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        output.push(line);
        if (line.includes('"event":"ready"')) resolve(JSON.parse(line) as ReadyLine);
      });
      // Not `exit`: what the process has written may still be on its way then.
      child.once('close', (code) => reject(new Error(`${app} ended with code ${code}: ${output.join('\n')}`)));
    });
    return new ProductProcess(ready, child, output);
  }

  get url(): string {
    return this.ready.url;
  }

  /** Asks the process to end and waits for it. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Ends the process without a chance to clean up. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const closed = once(this.child, 'close');
    this.child.kill(signal);
    const [code] = (await closed) as [number | null];
    return code;
  }
}
