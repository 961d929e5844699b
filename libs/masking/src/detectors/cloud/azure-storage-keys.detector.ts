import { LEFT_BOUNDARY } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { entropy } from '../entropy';

const KIND = 'azure-storage-key';
const KEYWORD = '==';

/** 64 bytes in base64, as the keys of storage and Cosmos accounts; digests and signatures have this form too. */
const KEY_BEFORE = new RegExp(`(?<=${LEFT_BOUNDARY}(?<![+/])([A-Za-z0-9+/]{86}))==(?![A-Za-z0-9+/=])`, 'y');
const KEY_WORDS =
  /account|storage|azure|cosmos|documentdb|(?:primary|secondary|shared|access|master).{0,3}key|key[12]/i;
const OTHER_WORDS = /sha-?\d|integrity|signature|digest|hash|checksum/i;
const CONTEXT = 100;
const MIN_ENTROPY = 4;

/** Keys of storage accounts where the words before them say what they are. */
export const azureStorageKeys: Detector = {
  kinds: [KIND],
  keywords: [KEYWORD],
  find(searched) {
    const { text } = searched;
    const findings: Finding[] = [];
    for (const at of searched.at(KEYWORD)) {
      KEY_BEFORE.lastIndex = at;
      const key = KEY_BEFORE.exec(text)?.[1];
      if (key === undefined || entropy(key) < MIN_ENTROPY) continue;
      const start = at - key.length;
      const before = text.slice(Math.max(0, start - CONTEXT), start);
      if (KEY_WORDS.test(before) && !OTHER_WORDS.test(before)) {
        findings.push({ kind: KIND, start, end: at + KEYWORD.length });
      }
    }
    return findings;
  },
};
