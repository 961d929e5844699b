import { isAlphanumeric } from '../boundaries';
import type { Detector, Finding } from '../detector';
import type { SearchedText } from '../searched-text';
import { isPlaceholder } from './placeholders';
import { isWordy, looksRandom } from './randomness';

const KIND = 'curl-auth';

/** From the name of a header to its value, in HTTP, JSON, YAML, XML, shell and the calls of programming languages. */
const SEPARATOR = String.raw`(?:\\{0,8}["'\x60]|\*\*|\]|\)){0,3}\s{0,4}(?:=>|={1,3}|[:,>]|\s{0,4},?\s{0,8}\\{0,8}["']?value\\{0,8}["']?\s{0,2}[:=])\s{0,4}(?:\*\*\s?)?(?:[@fbru$]?\\{0,8}["'\x60])?`;
const SCHEME = String.raw`(?:Basic|Bearer|Token|Api-?Key|Api-?Token|JWT|OAuth|GenieKey|Key|SSWS|Bot|Splunk|DPoP|Zoho-oauthtoken|PVEAPIToken|Negotiate|Digest|PRIVATE-TOKEN|AccessKey|Apikey)`;
const GAP = String.raw`(?:[ \t]|%20|\+|\\ ){1,5}`;
const CHARACTERS = String.raw`[\w.~+/=@:%!$^*#?;&|-]`;
const TOKEN = String.raw`[\w.~+/=@:%-]{6,8192}`;

const AUTHORIZATION = new RegExp(
  `authorization${SEPARATOR}(?:(${SCHEME})${GAP}(?:token=\\\\{0,8}["']?)?)?(${TOKEN})`,
  'iy',
);
const BEARER = new RegExp(`bearer(?:[ \\t]{1,5}|%20|\\\\ )\\\\{0,8}["'\`]?([A-Za-z0-9_][\\w.~+/=-]{15,8192})`, 'iy');

/** Ends of the names of headers that carry a credential, and those names. */
const NAME_ENDS = ['-key', '-token', 'apikey', '-secret', '-password', '-authorization'];
const HEADER_NAME =
  /^(?:(?:\w{0,40}_)?x-[\w-]{0,40}(?:key|token|secret|password|authorization|auth)|private-token|deploy-token|job-token|ocp-apim-subscription-key|dd-(?:api|application)-key|circle-token|api-token|x-apikey|auth-token|access-token|fastly-key|sentry-token|xi-api-key|api-key)$/i;
const LONGEST_NAME = 48;
const HEADER_VALUE = new RegExp(`${SEPARATOR}(?:${SCHEME}${GAP})?(${CHARACTERS}{6,4096})`, 'iy');
/** Names that only a header option makes those of headers; elsewhere they are assignments like others. */
const IN_OPTION = /(?:-H|--header)[= ]{0,3}\\{0,8}["']$/;
const OPTION_NAME = /^(?:apikey|api-?key|token|secret|key)$/i;

const PUBLIC_NAME =
  /csrf|xsrf|idempotency|public|sec-websocket|cache|request-key|trace|content|surrogate|next-token|page|continuation/i;

const LETTER_AND_MORE = /\d|[a-z][A-Z]|[A-Z][a-z]/;
const CODE_BEHIND = /^(?:\(|\{|\.{3}|…)/;
const BEFORE_VALUE = /^[*.:%/]+/;
const NEXT_MEMBER = /&\w+=.*|;.*$/;
const BEHIND_VALUE = /[.,:;!?*&|_%/-]+$/;

/** Credentials in headers: `Authorization`, API keys and tokens, in whatever notation. */
export const authHeaders: Detector = {
  kinds: [KIND],
  keywords: ['authorization', 'bearer', 'token', ...NAME_ENDS],
  find(searched) {
    return [...authorizations(searched), ...bearers(searched), ...namedHeaders(searched)];
  },
};

function authorizations(searched: SearchedText): Finding[] {
  let behind = 0;
  return searched.at('authorization').flatMap((at) => {
    if (at < behind) return [];
    AUTHORIZATION.lastIndex = at;
    const match = AUTHORIZATION.exec(searched.text);
    if (match === null) return [];
    behind = AUTHORIZATION.lastIndex;
    const scheme = match[1]?.toLowerCase();
    return finding(searched.text, match[2] as string, behind, (value) => isCredential(value, scheme));
  });
}

function isCredential(value: string, scheme: string | undefined): boolean {
  if (scheme === 'digest' || value.length < 8) return false;
  if (scheme === 'basic') return isLogin(value) || looksRandom(value, 8, 2.5);
  return scheme === undefined ? looksRandom(value, 8, 2.75) : !isWordy(value) && looksRandom(value, 8, 2.5);
}

/** RFC 7617: the name and the password in base64, a colon between them. */
function isLogin(value: string): boolean {
  return (
    /^[A-Za-z0-9+/_-]{6,}={0,2}$/.test(value) && /^[^\0]{0,256}:/.test(Buffer.from(value, 'base64').toString('latin1'))
  );
}

function bearers(searched: SearchedText): Finding[] {
  return searched.at('bearer').flatMap((at) => {
    BEARER.lastIndex = at;
    const raw = BEARER.exec(searched.text)?.[1];
    if (raw === undefined) return [];
    return finding(searched.text, raw, BEARER.lastIndex, (value) => looksRandom(value, 16, 3));
  });
}

function namedHeaders(searched: SearchedText): Finding[] {
  const { text } = searched;
  return [...NAME_ENDS, 'token'].flatMap((ending) => {
    let behind = 0;
    return searched.at(ending).flatMap((at) => {
      const end = at + ending.length;
      if (at < behind || isNameUnit(text.charCodeAt(end))) return [];
      const start = nameStart(text, end);
      const name = text.slice(start, end);
      const known =
        HEADER_NAME.test(name) ||
        (OPTION_NAME.test(name) && IN_OPTION.test(text.slice(Math.max(0, start - 16), start)));
      if (!known || PUBLIC_NAME.test(name) || text.startsWith('://', start - 3)) return [];
      HEADER_VALUE.lastIndex = end;
      const raw = HEADER_VALUE.exec(text)?.[1];
      if (raw === undefined) return [];
      behind = HEADER_VALUE.lastIndex;
      return finding(text, raw, behind, (value) => looksRandom(value, 8, 2.5));
    });
  });
}

function nameStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < LONGEST_NAME && isNameUnit(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

function isNameUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2d || unit === 0x5f;
}

/**
 * The value without the punctuation of the sentence around it.
 *
 * @param end offset behind `raw`
 */
function finding(text: string, raw: string, end: number, accepted: (value: string) => boolean): Finding[] {
  if (!LETTER_AND_MORE.test(raw) || raw.endsWith('...') || CODE_BEHIND.test(text.slice(end, end + 3))) return [];
  const value = raw.replace(BEFORE_VALUE, '').replace(NEXT_MEMBER, '').replace(BEHIND_VALUE, '');
  if (value === '' || isPlaceholder(value) || !accepted(value)) return [];
  const start = end - raw.length + raw.indexOf(value);
  return [{ kind: KIND, start, end: start + value.length }];
}
