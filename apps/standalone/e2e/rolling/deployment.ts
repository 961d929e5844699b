import { ProductProcess } from '../product-process';
import type { Service } from './service';

/** Processes of one kind that can be replaced one by one without a gap. */
export class Deployment {
  private readonly running: ProductProcess[] = [];
  /** Everything that processes said which are gone. */
  private readonly said: string[] = [];

  /** @param service where their connections come from; undefined when nobody calls them */
  constructor(
    private readonly app: string,
    private readonly variables: Record<string, string>,
    private readonly service?: Service,
  ) {}

  get urls(): string[] {
    return this.running.map(({ url }) => url);
  }

  async scaleUp(): Promise<void> {
    const started = await ProductProcess.start(this.app, this.variables);
    this.running.push(started);
    await this.service?.add(started.url);
  }

  /**
   * Replaces each process: a new one takes calls before the old one is asked to stop.
   *
   * @param between awaited while both are there
   * @returns exit codes of the old ones
   */
  async roll(between: () => Promise<void>): Promise<(number | null)[]> {
    const codes: (number | null)[] = [];
    for (const old of [...this.running]) {
      await this.scaleUp();
      await between();
      codes.push(await this.end(old));
    }
    return codes;
  }

  /** The same for what there may be only one of: the old one ends first. */
  async recreate(): Promise<(number | null)[]> {
    const codes: (number | null)[] = [];
    for (const old of [...this.running]) {
      codes.push(await this.end(old));
      await this.scaleUp();
    }
    return codes;
  }

  async stop(): Promise<void> {
    for (const process of [...this.running]) await this.end(process);
  }

  /** The last lines of all its processes. */
  tail(): string {
    const all = [...this.said, ...this.running.flatMap(({ output }) => output)];
    // A request that went well is no news.
    return all
      .filter((line) => !/"status":20[012].*"message":"request"/.test(line))
      .slice(-80)
      .join('\n');
  }

  private async end(old: ProductProcess): Promise<number | null> {
    const code = await old.stop();
    this.service?.remove(old.url);
    this.running.splice(this.running.indexOf(old), 1);
    this.said.push(...old.output);
    return code;
  }
}
