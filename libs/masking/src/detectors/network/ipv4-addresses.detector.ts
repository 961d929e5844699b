import { isLeftBoundary } from '../boundaries';
import type { Detector } from '../detector';
import { findMatches } from '../find-matches';
import { matchesAt } from '../matches-at';
import { isWellKnownV4 } from './well-known-addresses';

const KIND = 'ip';

const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const ADDRESS = new RegExp(String.raw`(?:${OCTET}\.){3}${OCTET}(?![A-Za-z0-9])`, 'g');

/** Of these networks hosts are named in the places where a version would stand: `node-10.0.0.1`. */
const PRIVATE = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./;

/** IPv4 addresses in dotted decimal, without port and prefix length, and not in versions of four parts. */
export const ipv4Addresses: Detector = {
  kinds: [KIND],
  find({ text }) {
    return findMatches(text, ADDRESS, ({ 0: address, index: start }) =>
      isAddress(text, address, start) ? { kind: KIND, start, end: start + address.length } : undefined,
    );
  },
};

function isAddress(text: string, address: string, start: number): boolean {
  const end = start + address.length;
  if (isWellKnownV4(address) || !isLeftBoundary(text, start)) return false;
  if (matchesAt(LONGER_BEFORE, text, start) || matchesAt(LONGER_BEHIND, text, end)) return false;
  if (matchesAt(WORD_BEFORE, text, start) && matchesAt(NUMBERED, text, start)) return false;
  return (
    PRIVATE.test(address) || !(isVersion(text, start, end) || (SMALL.test(address) && isSection(text, start, end)))
  );
}

function isVersion(text: string, start: number, end: number): boolean {
  if (matchesAt(PRODUCT_BEFORE, text, start) || matchesAt(PRODUCT_BEHIND, text, end)) return true;
  return matchesAt(SOFTWARE_BEFORE, text, start);
}

function isSection(text: string, start: number, end: number): boolean {
  return matchesAt(COMMENT, text, start) || (matchesAt(LINE_START, text, start) && matchesAt(TITLE, text, end));
}

/** A part of a longer row of numbers or of a name. Services such as nip.io and reverse look-ups name an address. */
const LONGER_BEFORE = /(?<=(?:^|[\s\w"'(.])\.)/y;
const LONGER_BEHIND = /\.(?!(?:nip\.io|sslip\.io|xip\.io|in-addr\.arpa))[0-9A-Za-z]/y;

/** In lists of addresses no word stands before one, which is cheaper to see than that it is none of those below. */
const WORD_BEFORE = /(?<=(?:[^\s\d.]|rfc ?\d{3,5})[\s"'`:=(>|*[\].]{0,8})/iy;

/** What precedes a version or the number of a section: a word, a comparison, the mark of a heading. */
const NUMBERED_WORD =
  String.raw`(?:version(?:s|[-_ ]?(?:number|no\.?|id|name|code))?|revision|release|firmware|assembly|build|(?:up|down)grad(?:e|es|ed|ing)|bump(?:s|ed)?|iso [\d-]{3,9},|rfc ?\d{3,5},?|버전|펌웨어|항목|§` +
  String.raw`|(?<![A-Za-z])(?:ver|rev|sections?|sec|chapter|figure|fig|table|clause|appendix|oid|gem|kernel|sdk|jdk|jre|drivers?|chrom(?:e|ium)|firefox|electron|openssl))`;
const NUMBERED = new RegExp(
  String.raw`(?<=${NUMBERED_WORD}\.?(?:\s(?:is|was|to|of|from))?["'\x60)\]*]{0,3}\s{0,2}[:=(>|]{0,2}\s{0,2}["'\x60(*[]{0,3}[vV]?\.?` +
    String.raw`|[~<>]=["' ]{0,2}|~>["' ]{0,2}|\^|(?:^|\n)#{1,6} |gem ["'][\w-]{1,40}["'], ["'])`,
  'iy',
);

/** `Chrome/120.0.0.0`, `package-1.2.3.4`, `package==1.2.3.4`, a line of a lock file; and the ends of versions such as `-beta`. */
const PRODUCT_BEFORE = /(?<=(?<![\w.-])[A-Za-z]\w{0,30}\/|[A-Za-z]-|[A-Za-z]==|\n {4,8}[\w.-]{1,40} \()/y;
const PRODUCT_BEHIND = /-[A-Za-z]|\+[0-9A-Za-z]/y;

/** Software whose releases have four numbers, or whose version is told behind a space. */
const SOFTWARE_BEFORE =
  /(?<=(?<![A-Za-z])(?:zlib|opencv|libcurl|boost|webkit|gecko|trident|safari|edge|opera|msie|windows|android|ios|macos|\.net|framework|python|ruby|rails|php|java|mysql|mariadb|postgres(?:ql)?|sqlite|oracle|tomcat|jackson|netty|log4j|hibernate|spring|gradle|maven|eclipse|qt|unity|flash|acrobat|reader|skype|zoom) )/iy;

/** Four small numbers, none of them zero, are the number of a section where a comment begins with them or a title follows. */
const SMALL = /^(?:(?:[12]?[1-9]|[12]0)\.){3}(?:[12]?[1-9]|[12]0)$/;
const COMMENT = /(?<=(?:\/\/|(?:^|\n)[ \t]{1,24}\*) {1,2})/y;
const LINE_START = /(?<=(?:^|\n)[ \t]{0,24})/y;
const TITLE = /\.? {1,2}[A-Z][a-z]/y;
