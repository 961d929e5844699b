import { Counter, Gauge, type Registry } from 'prom-client';

/**
 * Shows figures that come from the queue. While it is away they are left out: no number is better than a wrong one.
 *
 * @param read all figures at once, by state or kind; rejects while the queue is away
 */
export class QueueFigures<T> {
  private reading: Promise<T | undefined> | undefined;

  constructor(
    private readonly registry: Registry,
    private readonly read: () => Promise<T>,
  ) {}

  counter(name: string, help: string, pick: (figures: T) => number): void {
    const now = (): Promise<T | undefined> => this.now();
    new Counter({
      name,
      help,
      registers: [this.registry],
      async collect() {
        const figures = await now();
        this.remove();
        if (figures !== undefined) this.inc(pick(figures));
      },
    });
  }

  gauge(name: string, help: string, pick: (figures: T) => number): void {
    const now = (): Promise<T | undefined> => this.now();
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        const figures = await now();
        this.remove();
        if (figures !== undefined) this.set(pick(figures));
      },
    });
  }

  gauges(name: string, help: string, labelName: string, pick: (figures: T) => Readonly<Record<string, number>>): void {
    const now = (): Promise<T | undefined> => this.now();
    new Gauge({
      name,
      help,
      labelNames: [labelName],
      registers: [this.registry],
      async collect() {
        const figures = await now();
        this.reset();
        if (figures === undefined) return;
        for (const [label, value] of Object.entries(pick(figures))) this.set({ [labelName]: label }, value);
      },
    });
  }

  /** Metrics that are read together are read once. */
  private now(): Promise<T | undefined> {
    this.reading ??= this.read()
      .catch(() => undefined)
      .finally(() => (this.reading = undefined));
    return this.reading;
  }
}
