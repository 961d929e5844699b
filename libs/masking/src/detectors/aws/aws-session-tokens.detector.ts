import type { Detector, Finding } from '../detector';
import { entropy } from '../entropy';
import { GAP, matchesAtKeywords } from './context';

const KIND = 'aws-session-token';

/** How tokens of STS begin: their first bytes name the format and where they come from. */
const PREFIXES = ['fwogzxivyxdz', 'fqogzxivyxdz', 'iqojb3jpz2lu', 'fwodyxdz', 'fqodyxdz', 'aqodyxdz'];
const NOT_INSIDE = '(?<![A-Za-z0-9+/])';
const BY_PREFIX = new RegExp(
  `${NOT_INSIDE}(?:FwoGZXIvYXdz|FQoGZXIvYXdz|IQoJb3JpZ2lu|FwoDYXdz|FQoDYXdz|AQoDYXdz)[A-Za-z0-9+/]{12,}={0,3}`,
  'y',
);

/** Tokens of early years begin with the same bytes as other data, so they must be long and no part of a data URL. */
const EARLY_PREFIX = 'aqo';
const EARLY = new RegExp(`(?<!base64,)${NOT_INSIDE}AQo[A-Za-z0-9+/]{60,}={0,3}`, 'y');

/** A long value in base64 whose name says what it is. */
const LONG_VALUE = '([A-Za-z0-9+/]{100,}={0,3})';
const NAMED = new RegExp(`(?:session|security)(?:[ _.-]?token)?${GAP}${NOT_INSIDE}${LONG_VALUE}`, 'iy');
const IN_SENTENCE = new RegExp(`(?:session|security)[ _.-]?token[^\\n]{0,40}?${NOT_INSIDE}${LONG_VALUE}`, 'iy');
const NAMED_IN_KOREAN = new RegExp(`(?:세션|보안) ?토큰${GAP}${LONG_VALUE}`, 'g');

/** The names that the SDKs of AWS use are enough for shorter values too, such as those of examples. */
const SDK_NAMES = ['aws_session_token', 'aws-session-token', 'awssessiontoken'];
const ASSIGNED = /[A-Za-z_-]{15,17}["']?\]?\s{0,3}(?:=>|=|:)\s{0,3}["']?([A-Za-z0-9+/._-]{16,}={0,3})(?![A-Za-z0-9(])/y;

const MIN_ENTROPY = 3;

/** Session tokens of temporary credentials: by their first bytes, or by their name. */
export const awsSessionTokens: Detector = {
  kinds: [KIND],
  keywords: [...PREFIXES, EARLY_PREFIX, ...SDK_NAMES, 'session', 'security', 'aws'],
  find(searched) {
    const { text } = searched;
    const found = [
      ...matchesAtKeywords(searched, PREFIXES, BY_PREFIX),
      ...matchesAtKeywords(searched, [EARLY_PREFIX], EARLY),
      ...matchesAtKeywords(searched, ['session', 'security'], NAMED),
      ...matchesAtKeywords(searched, ['session', 'security'], IN_SENTENCE),
      ...text.matchAll(NAMED_IN_KOREAN),
      ...matchesAtKeywords(searched, SDK_NAMES, ASSIGNED).filter((match) => /\d/.test(match[1] as string)),
    ];
    return found.flatMap((match): Finding[] => {
      const token = match[1] ?? match[0];
      const end = match.index + match[0].length;
      return entropy(token) < MIN_ENTROPY ? [] : [{ kind: KIND, start: end - token.length, end }];
    });
  },
};
