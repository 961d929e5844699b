/** Jest settings shared by every project: TypeScript through swc, sibling projects from their sources. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{src,e2e}/**/*.{spec,int-spec,e2e-spec}.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  // Handed to every module as parameters: each look-up in the global object of a sandbox costs a hundred times more.
  sandboxInjectedGlobals: ['Array', 'JSON', 'Map', 'Math', 'Number', 'Object', 'RegExp', 'Set', 'String', 'Symbol'],
  testEnvironmentOptions: { customExportConditions: ['@sallyport/source', 'node', 'node-addons'] },
  // Only ends what hangs: starting processes and creating databases takes long on a busy machine.
  testTimeout: 120_000,
};
