import { isBuiltInKind, KINDS, type MaskKind } from '../kinds/kinds';

/**
 * A token stands in for a masked value: `MSK`, four characters that tell a reader the kind, ten that identify the
 * value and three that check them, the last thirteen in Crockford base32. It looks like a value, because models copy
 * values verbatim and tamper with placeholders; its length is fixed, so it needs no delimiter and a stream never has
 * to wait for more than {@link TOKEN_LENGTH} - 1 characters.
 */
export const TOKEN_LENGTH = 20;
/** What every token begins with. */
export const TOKEN_PREFIX = 'MSK';
/** Crockford base32 (https://www.crockford.com/base32.html): no I, L, O and U, which are taken for others. */
export const TOKEN_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Source of a pattern for what looks like a token, whoever made it; see {@link blankTokens} for long texts. */
export const TOKEN_LIKE = `${TOKEN_PREFIX}[A-Z][A-Z0-9]{3}[${TOKEN_ALPHABET}]{13}`;

const CAPITAL = 1;
const DIGIT = 2;
const BASE32 = 4;
/** Which parts of a token an ASCII character may stand in. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  const base32 = TOKEN_ALPHABET.includes(character) ? BASE32 : 0;
  if (/[A-Z]/.test(character)) return CAPITAL | base32;
  return /[0-9]/.test(character) ? DIGIT | base32 : 0;
});

/** Which classes may stand at each place of a token behind its prefix. */
const PLACES: readonly number[] = [
  CAPITAL,
  ...Array<number>(3).fill(CAPITAL | DIGIT),
  ...Array<number>(13).fill(BASE32),
];

/** Whether a token-like string begins at `at`, whoever made it. */
function isTokenLike(text: string, at: number): boolean {
  if (at + TOKEN_LENGTH > text.length || !text.startsWith(TOKEN_PREFIX, at)) return false;
  for (let place = 0; place < PLACES.length; place += 1) {
    const unit = text.charCodeAt(at + TOKEN_PREFIX.length + place);
    if (unit >= CLASSES.length || ((CLASSES[unit] as number) & (PLACES[place] as number)) === 0) return false;
  }
  return true;
}

/** What detectors see in place of a token: characters that none of them accepts. */
export const BLANK_TOKEN = '\0'.repeat(TOKEN_LENGTH);

/** Fills token-like strings with NUL, which no detector accepts and which keeps all offsets. */
export function blankTokens(text: string): string {
  const parts: string[] = [];
  /** End of what is in `parts`. */
  let at = 0;
  for (let next = text.indexOf(TOKEN_PREFIX); next !== -1; next = text.indexOf(TOKEN_PREFIX, next + 1)) {
    // Also one that begins inside another: both may be meant.
    if (!isTokenLike(text, next)) continue;
    if (next > at) parts.push(text.slice(at, next));
    parts.push(BLANK_TOKEN.slice(Math.max(0, at - next)));
    at = next + TOKEN_LENGTH;
  }
  if (at === 0) return text;
  parts.push(text.slice(at));
  return parts.join('');
}

/** The code of all kinds that the configuration adds. */
const OWN_CODE = 'OWNX';

const RESOURCE_CODES: ReadonlyMap<string, string> = new Map([
  ['i', 'INST'],
  ['vpc', 'VPCX'],
  ['subnet', 'SUBN'],
  ['sg', 'SECG'],
  ['vol', 'VOLX'],
  ['snap', 'SNAP'],
  ['ami', 'AMIX'],
  ['eni', 'ENIX'],
  ['igw', 'IGWX'],
  ['nat', 'NATG'],
  ['rtb', 'RTBL'],
  ['tgw', 'TGWX'],
  ['vpce', 'VPCE'],
  ['fs', 'EFSX'],
]);

/** The four characters that name the kind of `value` in its token. */
export function kindCode(kind: MaskKind, value: string): string {
  const resource = kind === 'aws-resource-id' ? value.slice(0, value.lastIndexOf('-')) : '';
  return RESOURCE_CODES.get(resource) ?? (isBuiltInKind(kind) ? KINDS[kind].code : OWN_CODE);
}
