import { LEFT_BOUNDARY, RIGHT_BOUNDARY } from '../boundaries';
import type { Detector } from '../detector';
import { entropy } from '../entropy';

const KIND = 'aws-access-key-id';
const ACCESS_KEY_ID = new RegExp(`${LEFT_BOUNDARY}(?:AKIA|ASIA|ABIA|ACCA)([A-Z0-9]{16})${RIGHT_BOUNDARY}`, 'g');

/** Bits per character below which the rest of a key id was typed as a placeholder, such as `XXXXXXXXXXXXXXXX`. */
const MIN_ENTROPY = 2.5;

/** Access key ids of users, roles and service credentials. Their account number can be decoded from them. */
export const awsAccessKeyIds: Detector = {
  kinds: [KIND],
  find({ text }) {
    return Array.from(text.matchAll(ACCESS_KEY_ID))
      .filter((match) => entropy(match[1] as string) >= MIN_ENTROPY)
      .map((match) => ({ kind: KIND, start: match.index, end: match.index + match[0].length }));
  },
};
