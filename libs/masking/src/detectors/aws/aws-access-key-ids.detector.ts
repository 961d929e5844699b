import { LEFT_BOUNDARY, RIGHT_BOUNDARY } from '../boundaries';
import type { Detector } from '../detector';
import { matchesAtKeywords } from './context';

const KIND = 'aws-access-key-id';
const KEYWORDS = ['akia', 'asia', 'abia', 'acca', 'a3t'];
const ACCESS_KEY_ID = new RegExp(
  `${LEFT_BOUNDARY}(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])([A-Z0-9]{16}|(?=[A-Z0-9]{0,4}EXAMPLE)[A-Z0-9]{8,24})${RIGHT_BOUNDARY}`,
  'y',
);

/** Distinct characters below which the rest of a key id was typed as a placeholder, such as `XXXXXXXXXXXXXXXX`. */
const MIN_DISTINCT = 4;

/**
 * Access key ids of users, roles and service credentials (IAM reference, "Unique identifiers"). Their account number
 * can be decoded from them. Some of documentation have `EXAMPLE` near their beginning and another length.
 */
export const awsAccessKeyIds: Detector = {
  kinds: [KIND],
  keywords: KEYWORDS,
  find(searched) {
    return matchesAtKeywords(searched, KEYWORDS, ACCESS_KEY_ID)
      .filter((match) => new Set(match[1]).size >= MIN_DISTINCT)
      .map(({ index, 0: id }) => ({ kind: KIND, start: index, end: index + id.length }));
  },
};
