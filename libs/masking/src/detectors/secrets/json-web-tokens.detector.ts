import { isAlphanumeric, isLeftBoundary } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { endOf } from '../matches-at';

const KIND = 'jwt';

/** Base64url of `{"`, `{ ` and `{` with a line end. */
const STARTS = ['eyj', 'eyai', 'ewog', 'ewoi', 'ew0k'];
const START = /eyJ|eyAi|ewo[gi]|ew0K/y;

const RUN = /[\w-]{1,65536}/y;
const HEADER = /[\w-]{12,4096}(?=\.)/y;
/** RFC 7519 and RFC 7515: a signed token, one without signature, one whose payload is kept elsewhere. */
const SIGNED = /\.[\w-]{8,65536}(?:\.[\w-]{8,8192}={0,2})?|\.\.[\w-]{20,8192}/y;
/** RFC 7516: key, initialisation vector, ciphertext and tag of an encrypted token. */
const ENCRYPTED = /\.[\w-]{0,8192}\.[\w-]{8,64}\.[\w-]{2,65536}\.[\w-]{8,64}/y;

const HEADER_MEMBER = /"(?:alg|typ|enc)"\s{0,4}:/;
const ENCRYPTION_MEMBER = /"enc"\s{0,4}:/;
const JSON_PAYLOAD = /^\.(?:ey|ew)/;

/** Headers that one run of characters is asked for; a token begins at its first or second place. */
const MOST_STARTS_PER_RUN = 4;

/** JSON Web Tokens, signed, unsigned and encrypted, whose header can be read. */
export const jsonWebTokens: Detector = {
  kinds: [KIND],
  keywords: STARTS,
  find(searched) {
    const { text } = searched;
    const findings: Finding[] = [];
    const hits = STARTS.flatMap((start) => searched.at(start)).toSorted(ascending);
    let run = { start: 0, end: 0, tried: 0 };
    for (const start of hits) {
      if (start >= run.end) run = { start, end: endOf(RUN, text, start) ?? start + 1, tried: 0 };
      if (run.tried >= MOST_STARTS_PER_RUN || (start > run.start && isAlphanumeric(text.charCodeAt(start - 1))))
        continue;
      if (endOf(START, text, start) === undefined || !isLeftBoundary(text, start)) continue;
      run.tried += 1;
      const end = endOfToken(text, start);
      if (end === undefined) continue;
      findings.push({ kind: KIND, start, end });
      run = { start, end, tried: MOST_STARTS_PER_RUN };
    }
    return findings;
  },
};

function ascending(a: number, b: number): number {
  return a - b;
}

function endOfToken(text: string, start: number): number | undefined {
  HEADER.lastIndex = start;
  const encoded = HEADER.exec(text)?.[0];
  if (encoded === undefined) return undefined;
  const header = Buffer.from(encoded, 'base64url').toString('utf8').trim();
  if (!header.startsWith('{') || !header.endsWith('}') || !HEADER_MEMBER.test(header)) return undefined;
  const rest = ENCRYPTION_MEMBER.test(header) ? ENCRYPTED : SIGNED;
  rest.lastIndex = start + encoded.length;
  const found = rest.exec(text)?.[0];
  if (found === undefined) return undefined;
  const alone = rest === SIGNED && found.lastIndexOf('.') === 0;
  return alone && !JSON_PAYLOAD.test(found) ? undefined : start + encoded.length + found.length;
}
