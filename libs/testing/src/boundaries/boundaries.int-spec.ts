import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../..');

/** Lints a text as if it stood in a file of the workspace, and gives the messages of the boundary rule. */
function boundaryMessages(file: string, text: string): string[] {
  const eslint = join(ROOT, 'node_modules/eslint/bin/eslint.js');
  const args = [eslint, '--stdin', '--stdin-filename', join(ROOT, file), '--format', 'json'];
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, args, { input: text, env, cwd: ROOT, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  const [result] = JSON.parse(stdout) as [{ messages: { ruleId: string | null; message: string; fatal?: boolean }[] }];
  const fatal = result.messages.find((message) => message.fatal);
  if (fatal !== undefined) throw new Error(fatal.message);
  return result.messages
    .filter(({ ruleId }) => ruleId === '@nx/enforce-module-boundaries')
    .map(({ message }) => message.split('\n', 1)[0] ?? '');
}

/** Each case starts ESLint with the types of a whole project, which takes seconds of a whole core. */
const LIMIT_MS = 300_000;

describe('module boundaries', () => {
  it.each([
    ['a domain library that imports the platform', 'libs/routing/src/index.ts', '@sallyport/platform'],
    ['a domain library that imports a framework', 'libs/routing/src/index.ts', '@nestjs/common'],
    ['a domain library that imports a driver', 'libs/usage/src/index.ts', 'undici'],
    ['an infra library that imports the platform', 'libs/http-client/src/index.ts', '@sallyport/platform'],
    ['a util library that imports a domain library', 'libs/config/src/index.ts', '@sallyport/dialects'],
    ['a library that imports the test kit outside a test', 'libs/usage/src/index.ts', '@sallyport/testing'],
    ['an app that imports another app', 'apps/gateway/src/index.ts', '@sallyport/file-server'],
  ])(
    'refuse %s',
    (_what, file, imported) => {
      expect(boundaryMessages(file, `export * from '${imported}';\n`)).toHaveLength(1);
    },
    LIMIT_MS,
  );

  it.each([
    ['libs/routing/src/index.ts', '@sallyport/dialects'],
    ['apps/gateway/src/index.ts', '@sallyport/platform'],
    ['apps/standalone/src/index.ts', '@sallyport/gateway'],
    ['libs/http-client/src/undici-http-client.int-spec.ts', '@sallyport/testing'],
  ])(
    'let %s import %s',
    (file, imported) => {
      expect(boundaryMessages(file, `export * from '${imported}';\n`)).toEqual([]);
    },
    LIMIT_MS,
  );
});
