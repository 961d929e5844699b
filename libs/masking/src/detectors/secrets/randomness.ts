import { entropy } from '../entropy';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Words with separators between them and short numbers behind them: `access_token`, `blue.500`, `test-token-1`. */
const WORDS = /^[A-Za-z]+(?:[-_. /:@][A-Za-z]+|[-_. /:]?\d{1,3}(?![A-Za-z\d]))*$/;

const DIGIT = /\d/;
const LETTER = /[A-Za-z]/;
const CASE_CHANGE = /[a-z][A-Z]|[A-Z][a-z]/g;
const MEASURED = 256;

/** Whether a value is made of words, as names and texts are, not of random characters. */
export function isWordy(value: string): boolean {
  return WORDS.test(value) && !changesCaseOften(value);
}

/**
 * Whether a value looks as if a program had made it up: at least so long, letters and digits (or letters whose case
 * changes all the time), and not repetitive.
 *
 * @param shortest in UTF-16 units
 * @param bits least entropy per character
 */
export function looksRandom(value: string, shortest: number, bits: number): boolean {
  if (value.length < shortest) return false;
  if (UUID.test(value)) return true;
  const mixed = DIGIT.test(value) && LETTER.test(value);
  return (mixed || changesCaseOften(value)) && !isWordy(value) && entropy(value.slice(0, MEASURED)) >= bits;
}

/** Names change their case at the beginning of words, random letters at every other place. */
function changesCaseOften(value: string): boolean {
  return value.length >= 16 && (value.match(CASE_CHANGE)?.length ?? 0) * 4 >= value.length;
}
