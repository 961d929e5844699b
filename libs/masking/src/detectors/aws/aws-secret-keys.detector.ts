import type { SearchedText } from '../searched-text';
import type { Detector } from '../detector';
import { entropy } from '../entropy';
import type { Span } from '../span';
import { GAP, matchesAtKeywords } from './context';
import { matchesIn, windowsAround } from './windows';

const KIND = 'aws-secret-key';
const KEY_ID_KEYWORDS = ['akia', 'asia', 'abia'];
const KEY_ID = /(?:AKIA|ASIA|ABIA)[A-Z0-9]{16}(?![A-Za-z0-9])/y;
const KEY_ID_LENGTH = 20;

/** Secret access keys are 30 bytes in base64, which is 40 characters without padding; JSON may escape their slashes. */
const KEY = String.raw`(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+]|\\?\/){40}(?![A-Za-z0-9+/=])`;
const HEXADECIMAL = /^(?:[0-9a-f]{40}|[0-9A-F]{40})$/;
const ALL_CLASSES = /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])/;

/** Bits per character; random keys have more than 4.5, words and paths less. */
const MIN_ENTROPY = 4;

/** Names of such keys in settings, consoles and prose, with what may follow a name. */
const SUFFIX = String.raw`(?:[ _.-]?(?:value|default|prod|dev|test|\d))?(?: ?\[[^\]\n]{1,20}\])?`;
const NAMED = new RegExp(
  '(?:secret[ _.-]?access[ _.-]?key|secret[ _.-]?key|secret[ _.-]?access|aws[ _.-]?secret|aws[ _.-]?(?:access[ _.-]?)?key)' +
    `${SUFFIX}${GAP}(${KEY})`,
  'iy',
);
/** Words between name and value are no matter to a value with letters of both cases and digits. */
const NAME = /secret[ _.-]?(?:access[ _.-]?)?key/iy;
const SENTENCE = 120;
const NAMED_IN_KOREAN = new RegExp(`(?:시크릿|비밀|보안) ?(?:액세스 ?)?키${GAP}(${KEY})`, 'g');
const ANY_KEY = new RegExp(KEY, 'g');

/** How far from an access key id a secret key may stand as a whole, in UTF-16 units. */
const NEAR = 240;

/** Secret access keys: by their name, or next to an access key id. Digests in hexadecimal are none. */
export const awsSecretKeys: Detector = {
  kinds: [KIND],
  keywords: [...KEY_ID_KEYWORDS, 'secret', 'aws'],
  find(searched) {
    const { text } = searched;
    const named = [...matchesAtKeywords(searched, ['secret', 'aws'], NAMED), ...text.matchAll(NAMED_IN_KOREAN)];
    return [
      ...named.map(rangeOfValue).filter((range) => isRandom(textOf(text, range))),
      ...nearby(searched).filter((range) => isRandom(textOf(text, range)) && ALL_CLASSES.test(textOf(text, range))),
    ].map(({ start, end }) => ({ kind: KIND, start, end }));
  },
};

/** What may be a key because a name or a key id is not far. */
function nearby(searched: SearchedText): Span[] {
  const names = matchesAtKeywords(searched, ['secret'], NAME).map(({ index }) => index);
  const keyIds = matchesAtKeywords(searched, KEY_ID_KEYWORDS, KEY_ID).map(({ index }) => index);
  const windows = [...windowsAround(names, 0, SENTENCE), ...windowsAround(keyIds, NEAR, KEY_ID_LENGTH + NEAR)];
  return matchesIn(searched.text, windows, ANY_KEY);
}

/** Where the captured value stands with which a match ends. */
function rangeOfValue({ index, 0: whole, 1: value = whole }: RegExpExecArray): Span {
  const end = index + whole.length;
  return { start: end - value.length, end };
}

function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

function isRandom(key: string): boolean {
  return /[0-9+/]/.test(key) && !HEXADECIMAL.test(key) && entropy(key) >= MIN_ENTROPY;
}
