import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import * as jsoncParser from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';

/** Imports point one way: app -> platform -> infra -> domain -> util; tests may use anything. */
const layers = [
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:platform', 'type:infra', 'type:domain', 'type:util'],
  },
  { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:infra', 'type:domain', 'type:util'] },
  { sourceTag: 'type:infra', onlyDependOnLibsWithTags: ['type:infra', 'type:domain', 'type:util'] },
  {
    sourceTag: 'type:domain',
    onlyDependOnLibsWithTags: ['type:domain', 'type:util'],
    bannedExternalImports: [
      '@nestjs/*',
      'fastify',
      'ioredis',
      'bullmq',
      'undici',
      '@opentelemetry/*',
      'lmdb',
      'pino',
      'prom-client',
    ],
  },
  { sourceTag: 'type:util', onlyDependOnLibsWithTags: ['type:util'] },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['*'] },
];
const boundaries = (options) => ['error', { enforceBuildableLibDependency: true, depConstraints: layers, ...options }];
const testFiles = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.fixture.ts', '**/e2e/**/*.ts'];

export default tseslint.config(
  { ignores: ['**/dist', '**/out-tsc', '**/node_modules', '**/data', '**/.nx'] },
  {
    files: ['**/*.ts'],
    extends: [eslint.configs.recommended, ...tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx, 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js'] })] },
    rules: {
      '@nx/enforce-module-boundaries': boundaries({}),
      'import-x/no-cycle': 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // The standalone app owns no behaviour: it starts the other four, so it alone may import apps.
    files: ['apps/standalone/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries({
        allow: ['@sallyport/gateway', '@sallyport/masking-proxy', '@sallyport/log-ingest', '@sallyport/file-server'],
      }),
    },
  },
  {
    // What is measured is the gateway as it is, and it needs a Redis of its own.
    files: ['bench/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries({ allow: ['@sallyport/gateway', '@sallyport/testing'] }),
    },
  },
  {
    // Tests may reach for the testing room from any layer.
    files: testFiles,
    rules: {
      '@nx/enforce-module-boundaries': boundaries({
        depConstraints: [{ sourceTag: '*', onlyDependOnLibsWithTags: ['*'] }],
      }),
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/package.json'],
    ignores: ['package.json'],
    languageOptions: { parser: jsoncParser },
    plugins: { '@nx': nx },
    rules: {
      '@nx/dependency-checks': [
        'error',
        {
          buildTargets: ['build'],
          // Peers that Nest loads by itself.
          ignoredDependencies: ['@fastify/static', 'rxjs'],
          ignoredFiles: ['{projectRoot}/{jest.config.cjs,e2e/**/*}', '{projectRoot}/**/*.{spec,int-spec,fixture}.ts'],
        },
      ],
    },
  },
  prettier,
);
