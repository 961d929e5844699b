import { isLeftBoundary } from '../boundaries';
import type { Detector } from '../detector';

const KIND = 'private-key';

/** Base64 of `-----BEGIN `, on lines of their own or on one. */
const ENCODED =
  /LS0tLS1CRUdJTi[A-Za-z0-9+/]{64,65536}(?:\s{1,16}[A-Za-z0-9+/]{64,76}(?![A-Za-z0-9+/])){0,1024}(?:\s{1,16}[A-Za-z0-9+/]{1,76}(?==)|)={0,2}/y;
const FIRST_LINE_UNITS = 96;
const PRIVATE = /^-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/;

/** Private keys in PEM that are encoded once more, as kubeconfigs and settings hold them. */
export const encodedPrivateKeys: Detector = {
  kinds: [KIND],
  keywords: ['ls0tls1crudjti'],
  find(searched) {
    const { text } = searched;
    let behind = 0;
    return searched.at('ls0tls1crudjti').flatMap((start) => {
      ENCODED.lastIndex = start;
      if (start < behind || !isLeftBoundary(text, start) || !ENCODED.test(text)) return [];
      behind = ENCODED.lastIndex;
      const head = Buffer.from(text.slice(start, start + FIRST_LINE_UNITS), 'base64').toString('latin1');
      return PRIVATE.test(head) ? [{ kind: KIND, start, end: behind }] : [];
    });
  },
};
