import type { SearchedText } from '../searched-text';

/** Punctuation, white space and markup such as `": "`, `**`, `<b>`; the end of a sentence ends a context. */
const PUNCTUATION = String.raw`(?:[^A-Za-z0-9가-힣.;<]|\.(?!\s)|<(?:\/?[A-Za-z][^<>\n]{0,30}>)?)`;
const PARTICLE = '[가-힣]{0,4}';
const FILLER = '(?:is|are|was|of|for|in|to|be|with|equals|named|called|value)';
const PARAMETER = String.raw`(?:[?&][A-Za-z_]{1,20}=)?`;

/**
 * What may stand between the name of a value and the value: punctuation, a Korean particle, one or two words such as
 * "is". No other value fits in, so what is masked around it changes nothing.
 */
export const GAP = `${PARTICLE}${PUNCTUATION}{0,40}(?:${FILLER}${PUNCTUATION}{1,4}){0,2}${PARTICLE}${PUNCTUATION}{0,2}${PARAMETER}`;

/** Pattern for `matchesAt`: one of the words stands before the offset, with no more than a gap between. */
export function contextBefore(words: string): RegExp {
  return new RegExp(`(?<=(?:${words})${GAP})`, 'iy');
}

/**
 * Matches of a sticky pattern that begin where one of the declared keywords does. What a match has covered is not
 * read again for the same keyword: otherwise a value that repeats its own beginning would be read once per repetition.
 */
export function matchesAtKeywords(
  searched: SearchedText,
  keywords: readonly string[],
  sticky: RegExp,
): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  for (const keyword of keywords) {
    let covered = 0;
    for (const at of searched.at(keyword)) {
      if (at < covered) continue;
      sticky.lastIndex = at;
      const match = sticky.exec(searched.text);
      if (match === null) continue;
      matches.push(match);
      covered = sticky.lastIndex;
    }
  }
  return matches;
}
