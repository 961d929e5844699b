import { nestsDeeperThan } from './json-depth';

describe(nestsDeeperThan.name, () => {
  it.each([
    ['[[]]', 1, true],
    ['[[]]', 2, false],
    ['{"a":[{}]}', 2, true],
    ['{"a":[{}]}', 3, false],
    ['[{},{},{}]', 2, false],
    ['["[[[[", "\\"[[[["]', 1, false],
    ['["\\\\", [[]]]', 2, true],
    ['["[[[[', 1, false],
    ['['.repeat(9), Infinity, false],
  ])('%s at %d', (text, limit, deeper) => {
    expect(nestsDeeperThan(limit, Buffer.from(text))).toBe(deeper);
  });
});
