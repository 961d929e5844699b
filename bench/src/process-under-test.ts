import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Clock ticks per second in /proc, a constant of Linux on every common platform. */
const TICKS_PER_SECOND = 100;

/** A server in a process of its own, so that its CPU time and memory are its own too. */
export class ProcessUnderTest {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /** @param script compiled file that prints a ready line */
  static async start(script: string, variables: Record<string, string>): Promise<ProcessUnderTest> {
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.once('exit', (code) => {
      if (code) process.stderr.write(`${script} ended with code ${code}\n`);
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.includes('"event":"ready"')) continue;
      child.stdout.resume();
      return new ProcessUnderTest((JSON.parse(line) as { url: string }).url, child);
    }
    throw new Error(`${script} ended before it was ready`);
  }

  /** CPU time so far, user and system, in milliseconds. */
  cpuMs(): number {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1000;
  }

  /** Its own memory in MiB, without pages of mapped files: the system takes those back when it needs the room. */
  memoryMiB(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }
}
