import { entropy } from './entropy';

describe(entropy.name, () => {
  it.each([
    ['', 0],
    ['aaaa', 0],
    ['abab', 1],
    ['abcd', 2],
    ['가나다라', 2],
    ['abc가', 2],
  ])('of %j is %d bits per character', (text, bits) => {
    expect(entropy(text)).toBe(bits);
  });

  it('of a text is the same whatever was measured before', () => {
    for (const before of ['aaaa', 'ab가', 'zz']) {
      entropy(before);
      expect(entropy('ab')).toBe(1);
    }
  });
});
