/**
 * The sum over all labels of each of some metrics, in their order.
 *
 * @param url address of an app
 * @throws Error when the app does not know one of them
 */
export async function readMetrics(url: string, names: readonly string[]): Promise<number[]> {
  const page = await fetch(`${url}/metrics`);
  const lines = (await page.text()).split('\n');
  return names.map((name) => {
    const samples = lines.filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
    if (samples.length === 0) throw new Error(`${url} knows no metric ${name}`);
    return samples.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  });
}
