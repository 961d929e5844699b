import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** Below the time limit of a test, so that waiting for what never comes ends with the test. */
const LONGEST_WAIT_MS = 100_000;

/** A process to be killed: runs a script on the build output and tells by lines what it did. */
export class TestProcess {
  private static readonly running = new Set<TestProcess>();

  /** Ends what a test that failed has left behind; a process that runs would keep the run of all tests from ending. */
  static async killAll(): Promise<void> {
    for (const process of TestProcess.running) await process.kill();
  }

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
    TestProcess.running.add(this);
  }

  /** Waits until the process has told so many lines. */
  async told(count: number): Promise<void> {
    const end = performance.now() + LONGEST_WAIT_MS;
    while (this.lines.length < count) {
      const { exitCode, signalCode } = this.child;
      if (exitCode !== null || signalCode !== null) throw new Error(`The process ended: ${signalCode ?? exitCode}`);
      if (performance.now() > end) throw new Error(`The process told ${this.lines.length} lines of ${count}`);
      await sleep(5);
    }
  }

  /** SIGSTOP: it stands still, whatever it was at. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  /** SIGCONT. */
  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    TestProcess.running.delete(this);
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
