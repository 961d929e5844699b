import { outageMemory } from './outage-memory';
import { recordCost } from './record-cost';
import { throughput } from './throughput';

/**
 * Measures the log pipeline on real Redis and disk, and prints Markdown.
 *
 * @param root folder of the repository, with everything built
 */
export async function benchLogging(root: string): Promise<void> {
  for (const part of [recordCost, throughput, outageMemory]) process.stdout.write(`${await part(root)}\n\n`);
}
