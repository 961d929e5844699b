import type { BuiltInKind } from '../../kinds/kinds';
import { LEFT_BOUNDARY } from '../boundaries';

/**
 * The form of one vendor's tokens, as the vendor publishes it in its documentation or to the secret scanning partner
 * program of GitHub (docs.github.com/code-security/secret-scanning). Where vendors give no length, the least is what no
 * ordinary word reaches.
 */
export interface TokenRule {
  readonly kind: BuiltInKind;
  /** How the tokens begin, in their case. In lower case these are the keywords that lead to a token. */
  readonly prefixes: readonly string[];
  /**
   * Pattern of what follows a prefix. A capturing group, if there is one, is the secret; it ends the match, and what
   * stands before it stays readable.
   */
  readonly rest: string;
  /** Pattern of what of the token stands before the prefix, for marks inside or at the end; see {@link behind}. */
  readonly lead?: string;
  /** Bits per character that the secret has at least; fewer mean that somebody typed a placeholder. */
  readonly minEntropy?: number;
  /** What must occur in the secret. */
  readonly needs?: RegExp;
  /** For names that people choose, which are words and no random characters. */
  readonly chosen?: boolean;
  /** For tokens that look like a part of base64: they must not stand inside of it. */
  readonly outsideBase64?: boolean;
}

type Options = Omit<TokenRule, 'kind' | 'prefixes' | 'rest'>;

/** Rules of one kind are written as a list of prefixes, separated by spaces, and what follows them. */
type RuleWriter = (prefixes: string, rest: string, options?: Options) => TokenRule;

export function rulesOf(kind: BuiltInKind): RuleWriter {
  return (prefixes, rest, options) => ({ kind, prefixes: prefixes.split(' '), rest, ...options });
}

export const vendor: RuleWriter = rulesOf('vendor-token');

/** A lead that begins where a value may begin, and not with the rest of an escape such as `\n` or `%22`. */
export const behind = (lead: string): string => LEFT_BOUNDARY + String.raw`(?<![\\%])` + lead;

/** Lower-case hexadecimal digits. */
export const hex = (length: number): string => `[a-f0-9]{${length}}(?![A-Za-z0-9])`;

/** Letters and digits; with two lengths, as many as there are. */
export const alnum = (least: number, most?: number): string => run('A-Za-z0-9', least, most);

/** The alphabet of base64url, which is that of identifiers and a dash. */
export const word = (least: number, most?: number): string => run(String.raw`\w-`, least, most);

/** Characters of a class; it holds all letters and digits when there are two lengths, so that no boundary is needed. */
export function run(characters: string, least: number, most?: number): string {
  return most === undefined ? `[${characters}]{${least}}(?![A-Za-z0-9])` : `[${characters}]{${least},${most}}`;
}

export const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![A-Za-z0-9])';

/** Letters and a digit, or the capitals in the middle that no name in camel case has. */
const LETTERS_AND_DIGIT = /(?=.*[0-9])(?=.*[A-Za-z])|(?=.*[A-Z]{2})(?=.*[a-z])/s;
const BOTH_CASES_AND_DIGIT = /(?=.*[a-z])(?=.*[A-Z])(?:.*[0-9]|.*[A-Z]{2})/s;

/** For prefixes that are short, or also begin names in code: what follows must look random. */
export const RANDOM = { minEntropy: 3, needs: LETTERS_AND_DIGIT } as const;
export const MIXED = { minEntropy: 3.3, needs: BOTH_CASES_AND_DIGIT } as const;
