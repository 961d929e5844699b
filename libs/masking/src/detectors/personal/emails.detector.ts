import { isAlphanumeric, startOfRun } from '../boundaries';
import type { Detector } from '../detector';

const KIND = 'email';

/** An at sign between characters of an address, also as it stands in a URL. */
const AT_SIGN = /(?<=[\w.+-])(?:@|%40)(?=[A-Za-z0-9])/g;
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const DOMAIN = new RegExp(`(?:${LABEL}\\.){1,32}(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{2,59})(?![A-Za-z0-9])`, 'y');

/** RFC 5321 allows 64; longer runs are masked too, as cutting one would let its beginning leave. */
const LONGEST_LOCAL_PART = 256;

/** `name@1.2.3-beta.rc` is a package, `logo@2x.png` a picture. */
const NO_DOMAIN = /^(?:v?\d{1,9}\.\d{1,9}\.\d{1,9}[-+]|\d(?:\.\d)?x\.)/;

/** E-mail addresses, but not the `git@host:path` of a repository. */
export const emails: Detector = {
  kinds: [KIND],
  find({ text }) {
    return Array.from(text.matchAll(AT_SIGN)).flatMap((at) => {
      const behind = at.index + at[0].length;
      const domain = domainAt(text, behind);
      if (domain === undefined || NO_DOMAIN.test(domain)) return [];
      const start = startOfRun(text, at.index, isLocalUnit, LONGEST_LOCAL_PART);
      const end = behind + domain.length;
      if (start === at.index || isRepository(text, start, at.index, end)) return [];
      return [{ kind: KIND, start, end }];
    });
  },
};

function domainAt(text: string, at: number): string | undefined {
  DOMAIN.lastIndex = at;
  return DOMAIN.exec(text)?.[0];
}

function isRepository(text: string, start: number, at: number, end: number): boolean {
  return text.slice(start, at) === 'git' && (text[end] === ':' || text[end] === '/');
}

function isLocalUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2b || unit === 0x2d || unit === 0x2e || unit === 0x5f;
}
