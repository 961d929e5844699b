import { DigestCache } from './digest-cache';

const MADE = {};
const long = (letter: string): string => letter.repeat(100);

/** For which of a row of texts something is made. */
function madeFor(cache: DigestCache<object>, texts: readonly string[]): string[] {
  const seen: string[] = [];
  for (const text of texts) {
    const value = cache.remembered(text, () => {
      seen.push(text[0] ?? '');
      return MADE;
    });
    expect(value).toBe(MADE);
  }
  return seen;
}

describe(DigestCache.name, () => {
  it('makes something of a long text once', () => {
    expect(madeFor(new DigestCache(10), [long('a'), long('b'), long('a'), long('b')])).toEqual(['a', 'b']);
  });

  it('forgets what was not asked for longest', () => {
    const row = ['a', 'b', 'a', 'c', 'a', 'b'].map(long);
    expect(madeFor(new DigestCache(2), row)).toEqual(['a', 'b', 'c', 'b']);
  });

  it('makes it each time for a short text, or when it may keep nothing', () => {
    expect(madeFor(new DigestCache(10, 3), ['ab', 'ab', 'abc', 'abc'])).toEqual(['a', 'a', 'a']);
    expect(madeFor(new DigestCache(0), [long('a'), long('a')])).toEqual(['a', 'a']);
  });
});
