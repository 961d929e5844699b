/** Dashes, spaces and full-width forms that stand for the ASCII characters in written numbers. */
const VARIANT = /[\u00a0\u2000-\u200a\u2010-\u2015\u202f\u2212\u3000\u3161\u30fc\ufe58\ufe63\uff08-\uff19]/;
const SPACES = /[\u00a0\u2000-\u200a\u202f\u3000]/g;
/** Between groups of digits; a dash in front of a word ends a number. The vowel eu and the Japanese long vowel mark are typed for a dash. */
const DASHES = /(?<=[\d０-９)） ])[\u2010-\u2015\u2212\u3161\u30fc\ufe58\ufe63](?= ?[\d０-９(（])/g;
/** Parentheses, plus, dash, stop, slash and digits; each is one UTF-16 unit in either form. */
const FULL_WIDTH = /[\uff08-\uff19]+/g;

/** A text with digits, dashes and spaces in their ASCII form; all offsets stay. */
export function withPlainDigits(text: string): string {
  if (!VARIANT.test(text)) return text;
  return text
    .replaceAll(SPACES, ' ')
    .replaceAll(DASHES, '-')
    .replaceAll(FULL_WIDTH, (run) => run.normalize('NFKC'));
}
