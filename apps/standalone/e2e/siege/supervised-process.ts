import { setTimeout as sleep } from 'node:timers/promises';
import { ProductProcess } from '../product-process';

const RESTART_MS = 150;
const KEPT_LINES = 60;

/** A process that is started again whenever it ends, as an orchestrator does. */
export class SupervisedProcess {
  /** Ends that nobody asked for, after the process had been ready. */
  readonly crashes: string[] = [];
  /** Times that the process ended before it was ready, unasked: whoever it needs may be away. */
  failedStarts = 0;
  private earlier: string[] = [];
  private present: ProductProcess | undefined;
  private extra: Record<string, string> = {};
  private running: Promise<void> | undefined;
  private wanted = true;
  private heldDown = 0;
  private readonly asked = new WeakSet<ProductProcess>();

  constructor(
    readonly name: string,
    private readonly app: string,
    private readonly variables: Record<string, string>,
  ) {}

  /** Starts it and keeps it running until {@link SupervisedProcess.stop}. */
  start(): void {
    this.running ??= this.supervise();
  }

  get isReady(): boolean {
    return this.present?.isReady ?? false;
  }

  /** Ends it with SIGKILL, whatever it is doing, and keeps it down for a while. */
  async kill(downMs: number): Promise<void> {
    await this.killWhile(() => sleep(downMs));
  }

  /** The same until `work` is done; the signal is sent before this returns. */
  async killWhile(work: () => Promise<void>): Promise<void> {
    await this.down('SIGKILL', work);
  }

  /** Ends it in good order and runs it with other settings until the next restart with none. */
  async restartWith(extra: Record<string, string>): Promise<void> {
    this.extra = extra;
    await this.down('SIGTERM');
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.wanted = false;
    await this.down('SIGTERM');
    await this.running;
  }

  /** The last lines that it and its predecessors wrote. */
  tail(): string {
    const said = [...this.earlier, ...(this.present?.output ?? [])];
    // A request is no news.
    return said
      .filter((line) => !line.includes('"message":"request"'))
      .slice(-KEPT_LINES)
      .join('\n');
  }

  private async down(signal: 'SIGKILL' | 'SIGTERM', work?: () => Promise<void>): Promise<void> {
    const { present } = this;
    this.heldDown += 1;
    try {
      if (present !== undefined) {
        this.asked.add(present);
        await (signal === 'SIGKILL' ? present.kill() : present.stop());
      }
      await work?.();
    } finally {
      this.heldDown -= 1;
    }
  }

  private async supervise(): Promise<void> {
    while (this.wanted) {
      if (this.heldDown > 0) {
        await sleep(20);
        continue;
      }
      const started = ProductProcess.spawn(this.app, { ...this.variables, ...this.extra });
      this.present = started;
      const code = await started.whenEnded;
      this.present = undefined;
      this.earlier = [...this.earlier, ...started.output, `-- ended with ${code ?? 'a signal'}`].slice(-KEPT_LINES);
      if (this.asked.has(started)) continue;
      if (started.isReady) this.crashes.push(`${this.name} ended by itself with code ${code}`);
      else this.failedStarts += 1;
      await sleep(RESTART_MS);
    }
  }
}
