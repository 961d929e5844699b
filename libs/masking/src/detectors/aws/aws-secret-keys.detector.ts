import type { Detector } from '../detector';
import { entropy } from '../entropy';
import { GAP, matchesAt } from './context';
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
    const named = [...matchesAt(searched, ['secret', 'aws'], NAMED), ...text.matchAll(NAMED_IN_KOREAN)].map((match) => {
      const end = match.index + match[0].length;
      return { start: end - (match[1] as string).length, end };
    });
    const keyIds = matchesAt(searched, KEY_ID_KEYWORDS, KEY_ID).map(({ index }) => index);
    const near = matchesIn(text, windowsAround(keyIds, NEAR, KEY_ID_LENGTH + NEAR), ANY_KEY).filter(({ start, end }) =>
      ALL_CLASSES.test(text.slice(start, end)),
    );
    return [...named, ...near]
      .filter(({ start, end }) => isRandom(text.slice(start, end)))
      .map(({ start, end }) => ({ kind: KIND, start, end }));
  },
};

function isRandom(key: string): boolean {
  return /[0-9+/]/.test(key) && !HEXADECIMAL.test(key) && entropy(key) >= MIN_ENTROPY;
}
