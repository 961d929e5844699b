import { isBuiltInKind, KINDS, type MaskKind } from '../kinds/kinds';

/**
 * A token stands in for a masked value: `MSK`, four characters that tell a reader the kind, ten that identify the
 * value and three that check them, the last thirteen in Crockford base32. It looks like a value, because models copy
 * values verbatim and tamper with placeholders; its length is fixed, so it needs no delimiter and a stream never has
 * to wait for more than {@link TOKEN_LENGTH} - 1 characters.
 */
export const TOKEN_LENGTH = 20;
export const TOKEN_PREFIX = 'MSK';
export const TOKEN_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** At a token-like string; looking ahead, so that one that begins inside another is seen too. */
const TOKEN_LIKE = /(?=MSK[A-Z][A-Z0-9]{3}[0-9A-HJKMNP-TV-Z]{13})/g;

/** Fills token-like strings with NUL, which no detector accepts and which keeps all offsets. */
export function blankTokens(text: string): string {
  if (!text.includes(TOKEN_PREFIX)) return text;
  const blank = '\0'.repeat(TOKEN_LENGTH);
  let result = '';
  let at = 0;
  for (const { index } of text.matchAll(TOKEN_LIKE)) {
    const covered = Math.max(0, at - index);
    result += text.slice(at, index) + blank.slice(covered);
    at = index + TOKEN_LENGTH;
  }
  return result + text.slice(at);
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
