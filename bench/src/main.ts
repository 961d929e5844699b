import { dirname } from 'node:path';
import { benchGateway } from './gateway';
import { benchLogging } from './logging/logging';
import { benchMasking } from './masking/masking';
import { translationTable } from './translation';

const ROOT = dirname(dirname(__dirname));

/** What can be measured, by the name that is given on the command line. */
const BENCHES: Readonly<Record<string, () => Promise<void> | void>> = {
  translation: () => print(translationTable()),
  masking: () => print(benchMasking(ROOT)),
  gateway: () => benchGateway(ROOT),
  logging: () => benchLogging(ROOT),
};

function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}

/** Measures what the arguments name, or everything. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0)
    throw new Error(`no such bench: ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length === 0 || names.includes(name)) await bench();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
