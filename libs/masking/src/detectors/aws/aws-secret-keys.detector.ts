import type { SearchedText } from '../../search/searched-text';
import type { Detector } from '../detector';
import { entropy } from '../entropy';
import { contextBefore, holdsAt, matchesAt } from './context';

const KIND = 'aws-secret-key';
const KEY_ID_KEYWORDS = ['akia', 'asia', 'abia'];
const KEY_ID = /(?:AKIA|ASIA|ABIA)[A-Z0-9]{16}(?![A-Za-z0-9])/y;
const KEY_ID_LENGTH = 20;

/** Secret access keys are 30 bytes in base64, which is 40 characters without padding; JSON may escape their slashes. */
const CANDIDATE = /(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+]|\\?\/){40}(?![A-Za-z0-9+/=])/g;
const HEXADECIMAL = /^(?:[0-9a-f]{40}|[0-9A-F]{40})$/;
const ALL_CLASSES = /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])/;

/** Bits per character; random keys have more than 4.5, words and paths less. */
const MIN_ENTROPY = 4;

/** Names of such keys in settings, consoles and prose, in English and Korean. */
const NAMED = contextBefore(
  `(?:${[
    'secret[ _.-]?access[ _.-]?key',
    'secret[ _.-]?key',
    'aws[ _.-]?secret',
    'secret[ _.-]?access',
    String.raw`aws[ _.-]?(?:access[ _.-]?)?key`,
    '(?:시크릿|비밀|보안) ?(?:액세스 ?)?키',
  ].join('|')})` + String.raw`(?:[ _.-]?(?:value|default|prod|dev|test|\d))?(?: ?\[[^\]\n]{1,20}\])?`,
);

/** How far from an access key id a secret key may stand, in UTF-16 units. */
const NEAR = 200;

/** Secret access keys: by their name, or next to an access key id. Digests in hexadecimal are none. */
export const awsSecretKeys: Detector = {
  kinds: [KIND],
  keywords: [...KEY_ID_KEYWORDS, 'secret', 'aws'],
  find(searched) {
    const { text } = searched;
    const keyIds = placesOfKeyIds(searched);
    return Array.from(text.matchAll(CANDIDATE))
      .filter(({ index, 0: key }) => {
        if (HEXADECIMAL.test(key) || entropy(key) < MIN_ENTROPY) return false;
        return holdsAt(NAMED, text, index) || (ALL_CLASSES.test(key) && isNear(keyIds, index, index + key.length));
      })
      .map(({ index, 0: key }) => ({ kind: KIND, start: index, end: index + key.length }));
  },
};

/** Offsets of access key ids, ascending. */
function placesOfKeyIds(searched: SearchedText): number[] {
  return matchesAt(searched, KEY_ID_KEYWORDS, KEY_ID)
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}

/** Whether one of the key ids lies within reach of a stretch. */
function isNear(keyIds: readonly number[], start: number, end: number): boolean {
  const earliest = start - NEAR - KEY_ID_LENGTH;
  let low = 0;
  let high = keyIds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keyIds[middle] as number) < earliest) low = middle + 1;
    else high = middle;
  }
  return low < keyIds.length && (keyIds[low] as number) <= end + NEAR;
}
