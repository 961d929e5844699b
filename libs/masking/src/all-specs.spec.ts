import { readdirSync } from 'node:fs';
import { join } from 'node:path';

// One file for jest in a run of all: loading every detector costs a file more than most of its tests.
const specs = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.spec.ts'));
for (const spec of specs.sort()) if (spec !== 'all-specs.spec.ts') jest.requireActual(join(__dirname, spec));
