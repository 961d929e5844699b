import fc from 'fast-check';
import { KeywordIndex } from './keyword-index';

/** The offsets at which a word stands in a text, found the slow way. */
function offsetsOf(text: string, word: string): number[] {
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return Array.from({ length: text.length }, (_, at) => at).filter((at) => lower.startsWith(word, at));
}

describe(KeywordIndex.name, () => {
  it('finds words inside, behind and over each other, in any case', () => {
    const found = new KeywordIndex(['he', 'she', 'his', 'hers']).search('USHERS');
    expect(['he', 'she', 'his', 'hers'].map((word) => found.at(word))).toEqual([[2], [1], [], [2]]);
    expect([found.has('hers'), found.has('his')]).toEqual([true, false]);
  });

  it('finds what looking for each word alone finds', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-', ':'), minLength: 1, maxLength: 4 });
    const texts = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'B', 'c', '-', ':', '한', 'é'), maxLength: 40 });
    fc.assert(
      fc.property(fc.uniqueArray(letters, { minLength: 1, maxLength: 8 }), texts, (words, text) => {
        const found = new KeywordIndex(words).search(text);
        for (const word of words) expect(found.at(word)).toEqual(offsetsOf(text, word));
      }),
      { numRuns: 400 },
    );
  });

  it('takes only ASCII', () => {
    expect(() => new KeywordIndex(['한글'])).toThrow('keywords are ASCII');
  });
});
