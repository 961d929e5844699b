import type { SearchedText } from '../searched-text';

/** Parts of the names of secrets. */
export const NAME_KEYWORDS = ['pass', 'pwd', 'psw', 'secret', 'token', 'key', 'cred', 'auth'];

/** Where the name of a secret may stand, in ascending order. */
export function nameHits(searched: SearchedText): Int32Array {
  const lists = NAME_KEYWORDS.map((keyword) => searched.at(keyword));
  const hits = new Int32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    hits.set(list, at);
    at += list.length;
  }
  return lists.filter(({ length }) => length > 0).length > 1 ? hits.sort() : hits;
}
