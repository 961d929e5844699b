import { Counter, Gauge, type Registry } from 'prom-client';

/** A metric without labels: a removed one begins at 0 again. */
interface SingleFigure {
  remove(): void;
  inc(value: number): void;
}

/** Shows figures that come from the queue. While it is away they are left out: no number is better than a wrong one. */
export class QueueFigures<T> {
  private reading: Promise<T | undefined> | undefined;

  /** @param read all figures at once, by state or kind; rejects while the queue is away */
  constructor(
    private readonly registry: Registry,
    private readonly read: () => Promise<T>,
  ) {}

  counter(name: string, help: string, pick: (figures: T) => number): void {
    new Counter({ name, help, registers: [this.registry], collect: this.collector(pick) });
  }

  gauge(name: string, help: string, pick: (figures: T) => number): void {
    new Gauge({ name, help, registers: [this.registry], collect: this.collector(pick) });
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

  private collector(pick: (figures: T) => number): (this: SingleFigure) => Promise<void> {
    const now = (): Promise<T | undefined> => this.now();
    return async function () {
      const figures = await now();
      this.remove();
      if (figures !== undefined) this.inc(pick(figures));
    };
  }

  /** Metrics that are read together are read once. */
  private now(): Promise<T | undefined> {
    this.reading ??= this.read()
      .catch(() => undefined)
      .finally(() => (this.reading = undefined));
    return this.reading;
  }
}
