import { LEFT_BOUNDARY } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { entropy } from '../entropy';

const KIND = 'azure-storage-key';
const KEYWORD = '==';

/** 64 bytes in base64, as the keys of storage and Cosmos accounts; digests and signatures have this form too. */
const KEY_BEFORE = new RegExp(`(?<=${LEFT_BOUNDARY}(?<![+/])([A-Za-z0-9+/]{86}))==(?![A-Za-z0-9+/=])`, 'y');
const KEY_WORDS = /account|storage|cosmos|documentdb|(?:primary|secondary|shared|access|master).{0,3}key|key[12]/i;
const OTHER_WORDS = /sha-?\d|integrity|signature|digest|hash|checksum|public.?keys?|ssh-/i;
const WORDS_BEFORE = 100;

/** The line of the key, and two lines before and behind. */
const LINES_BEFORE = /(?:[^\n]*\n){0,2}[^\n]*$/;
const LINES_BEHIND = /^[^\n]*(?:\n[^\n]*){0,2}/;
const LONGEST_LINES = 300;
const MIN_ENTROPY = 4;

/** Keys of storage accounts where the words around them say what they are. */
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
      const end = at + KEYWORD.length;
      if (isOfAccount(text, start, end)) findings.push({ kind: KIND, start, end });
    }
    return findings;
  },
};

function isOfAccount(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - WORDS_BEFORE), start);
  if (OTHER_WORDS.test(before)) return false;
  if (KEY_WORDS.test(before)) return true;
  const linesBefore = LINES_BEFORE.exec(text.slice(Math.max(0, start - LONGEST_LINES), start))?.[0] ?? '';
  const linesBehind = LINES_BEHIND.exec(text.slice(end, end + LONGEST_LINES))?.[0] ?? '';
  return /azure/i.test(linesBefore + linesBehind);
}
