import type { Finding } from '../detectors/detector';
import { FindingsCache } from './findings-cache';

const FOUND: readonly Finding[] = [{ kind: 'email', start: 0, end: 3 }];
const long = (letter: string): string => letter.repeat(300);

/** How often each text of a row is searched. */
function searched(cache: FindingsCache, texts: readonly string[]): string[] {
  const seen: string[] = [];
  for (const text of texts) {
    const found = cache.findings(text, () => {
      seen.push(text[0] ?? '');
      return FOUND;
    });
    expect(found).toBe(FOUND);
  }
  return seen;
}

describe(FindingsCache.name, () => {
  it('searches a long text once', () => {
    expect(searched(new FindingsCache(10), [long('a'), long('b'), long('a'), long('b')])).toEqual(['a', 'b']);
  });

  it('forgets what was not asked for longest', () => {
    const row = ['a', 'b', 'a', 'c', 'a', 'b'].map(long);
    expect(searched(new FindingsCache(2), row)).toEqual(['a', 'b', 'c', 'b']);
  });

  it('searches each time what is short, or when it may keep nothing', () => {
    expect(searched(new FindingsCache(10), ['ab', 'ab'])).toEqual(['a', 'a']);
    expect(searched(new FindingsCache(0), [long('a'), long('a')])).toEqual(['a', 'a']);
  });
});
