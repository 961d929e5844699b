import { LEFT_BOUNDARY } from '../boundaries';
import type { Detector } from '../detector';
import { entropy } from '../entropy';
import { matchesAtKeywords } from './context';

const KIND = 'aws-bedrock-key';
const KEYWORDS = ['absk', 'bedrock-api-key-', 'bearer_token_bedrock'];

/**
 * Long-term keys are `ABSK` and the base64 of `BedrockAPIKey-…`; short-term keys are a signed request in base64 behind
 * `bedrock-api-key-` (documentation of Amazon Bedrock, "API keys"). What is assigned to `AWS_BEARER_TOKEN_BEDROCK` is
 * one of them, whatever it looks like.
 */
const KEY = new RegExp(
  `${LEFT_BOUNDARY}(?:ABSK(?:QmVkcm9ja0FQSUtleS[A-Za-z0-9+/]{16,}|[A-Za-z0-9+/]{109,})={0,2}` +
    '|bedrock-api-key-[A-Za-z0-9+/]{20,}={0,2})',
  'y',
);
const ASSIGNED =
  /BEARER_TOKEN_BEDROCK["']?\]?\s{0,3}(?:=|:|=>|,)\s{0,3}["']?([A-Za-z0-9+/_-]{20,}={0,2})(?![A-Za-z0-9(.])/iy;

const MIN_ENTROPY = 3;

/** API keys of Amazon Bedrock. */
export const awsBedrockKeys: Detector = {
  kinds: [KIND],
  keywords: KEYWORDS,
  find(searched) {
    const keys = [...matchesAtKeywords(searched, ['absk', 'bedrock-api-key-'], KEY)].map(({ index, 0: key }) => ({
      index,
      key,
    }));
    for (const { index, 0: whole, 1: key } of matchesAtKeywords(searched, ['bearer_token_bedrock'], ASSIGNED)) {
      if (key !== undefined && /\d/.test(key)) keys.push({ index: index + whole.length - key.length, key });
    }
    return keys
      .filter(({ key }) => entropy(key) >= MIN_ENTROPY)
      .map(({ index, key }) => ({ kind: KIND, start: index, end: index + key.length }));
  },
};
