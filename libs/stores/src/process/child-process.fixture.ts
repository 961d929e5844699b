import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process to be killed: runs a script on the build output and tells by lines what it did. */
export class TestProcess {
  readonly lines: string[] = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  /** @param args what the script finds in `process.argv` from 1 on */
  constructor(script: string, ...args: string[]) {
    this.child = spawn(process.execPath, ['-e', script, ...args], {
      cwd: __dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const output = this.child.stdout;
    if (output === null) throw new Error('The process has no output');
    const reader = createInterface({ input: output });
    reader.on('line', (line) => this.lines.push(line));
    // Lines that were written before the process was killed are still read.
    this.ended = Promise.all([once(this.child, 'exit'), once(reader, 'close')]);
  }

  /** Waits until the process has told so many lines. */
  async told(count: number): Promise<void> {
    while (this.lines.length < count) {
      if (this.child.exitCode !== null) throw new Error(`The process ended with code ${this.child.exitCode}`);
      await sleep(5);
    }
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
