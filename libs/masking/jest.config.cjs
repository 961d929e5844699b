/** Whether a run is asked for some files: those run by themselves. A run of all is one file that loads the others. */
const someFiles = process.argv.slice(2).some((argument) => !argument.startsWith('-'));

module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'masking',
  ...(someFiles
    ? { testPathIgnorePatterns: ['/node_modules/', '/all-specs.spec.ts$'] }
    : { testMatch: ['<rootDir>/src/all-specs.spec.ts'] }),
};
