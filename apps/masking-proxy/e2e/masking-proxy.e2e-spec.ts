import { readdirSync } from 'node:fs';
import { join } from 'node:path';

// One file for jest: loading the application costs it more than most of these tests, and every file loads it anew.
const suites = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.e2e.ts'));
for (const suite of suites.sort()) jest.requireActual(join(__dirname, suite));
