import type { BuiltInKind } from '../../kinds/kinds';
import type { Detector, Finding } from '../detector';
import { valueBehindName } from './named-value';
import { NAMED_VENDORS, SPECIAL_SHAPES } from './named-vendors';
import { isStandIn } from './stand-ins';
import { RANDOM } from './token-rule';

const ALPHABETS: Readonly<Record<string, string>> = {
  hex: '[a-fA-F0-9]',
  alnum: '[A-Za-z0-9]',
  word: '[A-Za-z0-9_=-]',
  digits: '[0-9]',
};
const UUID = '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}';

/** Not inside of a longer word, a host name or a path. */
const VALUE_END = String.raw`(?![A-Za-z0-9]|[-_./:=][A-Za-z0-9])`;

/** What the name says besides the vendor when its value is a secret. */
const TELLING = /key|token|secret|passw|pwd|auth|cred|client|access|login|pat(?![a-z])|contribsys|키|토큰|시크릿|비밀/i;
const LONGEST_NAME_BEFORE = 24;

/** A shorter word may be a part of another one, such as `lob` of `blob`. */
const SHORTEST_DISTINCT_WORD = 6;

const MIN_ENTROPY = 2.9;
const MIN_ENTROPY_OF_SHORT = 2.5;
const MIN_ENTROPY_OF_LONG = 3.8;
const MIN_ENTROPY_OF_DIGITS = 2;

interface NamedVendor {
  readonly kind: BuiltInKind;
  readonly value: RegExp;
}

const BY_WORD: ReadonlyMap<string, NamedVendor> = new Map<string, NamedVendor>([
  ...NAMED_VENDORS.flatMap(([words, shapes]) =>
    words.split(' ').map((word) => [word, { kind: 'vendor-token', value: patternOf(shapes) }] as const),
  ),
  ['github', { kind: 'github-token', value: patternOf('hex40') }],
  ['gitlab', { kind: 'gitlab-token', value: patternOf('word20') }],
  ['slack', { kind: 'slack-token', value: patternOf('hex32') }],
  ['npm', { kind: 'npm-token', value: patternOf('uuid') }],
]);

/** Secrets that show themselves only by the name of their vendor in front of them and by their length and alphabet. */
export const namedVendorSecrets: Detector = {
  kinds: ['vendor-token', 'github-token', 'gitlab-token', 'slack-token', 'npm-token'],
  keywords: [...BY_WORD.keys()],
  find(searched) {
    const findings: Finding[] = [];
    for (const [word, vendor] of BY_WORD) {
      for (const at of searched.at(word)) {
        const found = findBehind(searched.text, at, word, vendor);
        if (found !== undefined) findings.push(found);
      }
    }
    return findings;
  },
};

function findBehind(text: string, at: number, word: string, { kind, value }: NamedVendor): Finding | undefined {
  if (word.length < SHORTEST_DISTINCT_WORD && isInsideWord(text, at)) return undefined;
  const named = valueBehindName(text, at + word.length);
  if (named === undefined) return undefined;
  const name = text.slice(Math.max(0, at - LONGEST_NAME_BEFORE), named.nameEnd);
  if (!TELLING.test(name)) return undefined;
  value.lastIndex = named.valueStart;
  const secret = value.exec(text)?.[0];
  if (secret === undefined || !looksRandom(secret)) return undefined;
  return { kind, start: value.lastIndex - secret.length, end: value.lastIndex };
}

function isInsideWord(text: string, at: number): boolean {
  const around = text.slice(Math.max(0, at - 1), at + 1);
  return at > 0 && (/[a-z]{2}|[A-Z]{2}/.test(around) || /[A-Z][a-z]/.test(around));
}

function looksRandom(secret: string): boolean {
  if (/^\d+$/.test(secret)) return !isStandIn(secret, MIN_ENTROPY_OF_DIGITS);
  return RANDOM.needs.test(secret) && !isStandIn(secret, leastEntropy(secret));
}

/** Few characters cannot have much, and hexadecimal digits never have more than four bits. */
function leastEntropy(secret: string): number {
  if (secret.length < 18) return MIN_ENTROPY_OF_SHORT;
  return secret.length < 40 || /^[0-9a-f-]+$/i.test(secret) ? MIN_ENTROPY : MIN_ENTROPY_OF_LONG;
}

function patternOf(shapes: string): RegExp {
  return new RegExp(`(?:${shapes.split(' ').map(sourceOf).join('|')})${VALUE_END}`, 'y');
}

function sourceOf(shape: string): string {
  if (shape === 'uuid') return UUID;
  const special = SPECIAL_SHAPES[shape];
  if (special !== undefined) return special;
  const [, alphabet, length] = /^([a-z]+)(\d+)$/.exec(shape) as unknown as [string, string, string];
  return `${ALPHABETS[alphabet] as string}{${length}}`;
}
