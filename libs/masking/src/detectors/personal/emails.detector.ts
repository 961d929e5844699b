import { startOfRun } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { INTERNET_NAME } from './internet-name';
import { isLogin } from './login';
import { isLocalUnit, quotedLocalPart, startOfWideLocalPart, withApostrophe, withRoute } from './local-part';

const KIND = 'email';

/** An at sign, also as it stands in a URL. */
const AT_SIGNS = ['@', '%40'];

/** `user@[192.0.2.1]` and `user@[IPv6:2001:db8::1]` of RFC 5321, section 4.1.3. */
const ADDRESS_LITERAL = /\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]{2,45})\]/y;

/** RFC 5321 allows 64; longer runs are masked too, as cutting one would let its beginning leave. */
const LONGEST_LOCAL_PART = 256;

/** `alice [at] example [dot] com`: brackets around both words, as "at" and "dot" alone are prose. */
const SPELLED_AT = ['[at]', '(at)', '{at}'];
const SPELLED_DOMAIN = /([[({])at[\])}] ?[\w-]{1,63}(?: ?\1dot[\])}] ?[\w-]{2,63}){1,4}(?![\w-])/iy;

/** What follows a name at the end of a version, and what is a file or a unit of systemd and no domain. */
const VERSION = /^v?\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+.]|$)/;
const NO_DOMAIN_ENDING =
  /\.(?:avif|bmp|bz2|cfg|class|conf|cpp|cjs|css|csv|cts|dll|exe|gif|gz|heic|hpp|html?|ico|imageset|ini|jar|java|jpe?g|jsx?|json|kts?|less|lock|log|mjs|mount|mts|patch|pdf|php|png|psd|rb|sass|scope|scss|service|slice|socket|sql|svelte|svg|swift|swp|target|tar|tgz|tiff?|timer|toml|tsx?|txt|vue|webp|whl|xml|ya?ml)$/i;

/** `this@Activity.title` of Kotlin, and the user of every hosted repository. */
const NO_LOCAL_PART = /^(?:this|super|git)$/;
/** `a@b.transpose()` is a product of matrices. */
const USUAL_ENDING = /\.(?:[a-z]{2}|com|net|org|edu|gov|mil|info|biz|dev|app|example|test|\P{ASCII}+)$/iu;

/** Addresses of service accounts have a kind of their own. */
const SERVICE_ACCOUNT = /\.gserviceaccount\.com$/i;

/** E-mail addresses, also of other scripts, but not the `git@host:path` of a repository or the user of a URL. */
export const emails: Detector = {
  kinds: [KIND],
  keywords: [...AT_SIGNS, ...SPELLED_AT],
  find(searched) {
    const { text } = searched;
    return [
      ...AT_SIGNS.flatMap((sign) => searched.at(sign).flatMap((at) => addressAround(text, at, sign.length))),
      ...SPELLED_AT.flatMap((sign) => searched.at(sign).flatMap((at) => spelledOut(text, at))),
    ];
  },
};

function addressAround(text: string, at: number, signLength: number): Finding[] {
  const behind = at + signLength;
  const start = startOfLocalPart(text, at);
  if (start === at) return [];
  const domain = domainAt(text, behind);
  if (domain === undefined) return [];
  const end = behind + domain.length;
  if (NO_LOCAL_PART.test(text.slice(start, at)) || SERVICE_ACCOUNT.test(domain)) return [];
  if (text[end] === '(' && !USUAL_ENDING.test(domain)) return [];
  return isLogin(text, start, end) ? [] : [{ kind: KIND, start, end }];
}

function spelledOut(text: string, at: number): Finding[] {
  SPELLED_DOMAIN.lastIndex = at;
  const domain = SPELLED_DOMAIN.exec(text)?.[0];
  const behindLocalPart = text[at - 1] === ' ' ? at - 1 : at;
  const start = startOfRun(text, behindLocalPart, isLocalUnit, LONGEST_LOCAL_PART);
  return domain === undefined || start === behindLocalPart ? [] : [{ kind: KIND, start, end: at + domain.length }];
}

function startOfLocalPart(text: string, at: number): number {
  const before = text.charCodeAt(at - 1);
  if (before === 0x22) return quotedLocalPart(text, at) ?? at;
  if (isLocalUnit(before)) {
    const start = startOfRun(text, at, isLocalUnit, LONGEST_LOCAL_PART);
    return start === at ? at : withRoute(text, withApostrophe(text, start));
  }
  return startOfWideLocalPart(text, at, LONGEST_LOCAL_PART);
}

function domainAt(text: string, at: number): string | undefined {
  if (text[at] === '[') {
    ADDRESS_LITERAL.lastIndex = at;
    return ADDRESS_LITERAL.exec(text)?.[0];
  }
  INTERNET_NAME.lastIndex = at;
  const domain = INTERNET_NAME.exec(text)?.[0];
  if (domain === undefined || VERSION.test(domain) || NO_DOMAIN_ENDING.test(domain)) return undefined;
  return domain;
}
