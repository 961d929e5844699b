/** The samples of one `/metrics` page. */
export class Metrics {
  private constructor(private readonly samples: readonly (readonly [series: string, value: number])[]) {}

  /** @throws Error when the page cannot be had */
  static async of(url: string): Promise<Metrics> {
    const page = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(10_000) });
    if (!page.ok) throw new Error(`${url}/metrics answered with status ${page.status}`);
    const lines = (await page.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Metrics(
      lines.map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
    );
  }

  /**
   * The sum over all labels.
   *
   * @throws Error when there is no such metric: a missing number must not pass for 0
   */
  sum(name: string): number {
    const found = this.samples.filter(([series]) => series === name || series.startsWith(`${name}{`));
    if (found.length === 0) throw new Error(`there is no metric ${name}`);
    return found.reduce((sum, [, value]) => sum + value, 0);
  }

  /** The value of one label; 0 when it has none. */
  labelled(name: string, label: string): number {
    return this.samples
      .filter(([series]) => series.startsWith(`${name}{`) && series.includes(label))
      .reduce((sum, [, value]) => sum + value, 0);
  }
}
