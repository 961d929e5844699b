import { isLeftBoundary, LEFT_BOUNDARY, RIGHT_BOUNDARY } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { REGION } from './regions';

const KIND = 'aws-resource-id';

/** What stands behind the dash, by the word in front of it. Clusters and steps of EMR, organizations, databases … */
const BEHIND_DASH: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['j', 's', 'ig', 'if', 'is'].map((word) => [word, '(?=[A-Z]{0,13}[0-9])[A-Z0-9]{11,14}'])),
  o: '(?=[a-z]{0,31}[0-9]|example)[a-z0-9]{10,32}',
  ou: '(?=[a-z]{0,31}[0-9]|example)[0-9a-z]{4,32}-[a-z0-9]{8,32}',
  db: '[A-Z0-9]{26}',
  cluster: '[A-Z0-9]{26}',
  ...Object.fromEntries(['dxcon', 'dxvif', 'dxlag'].map((word) => [word, '[a-z0-9]{8}'])),
  d: '9[0-9a-f]{9}',
  ws: '(?=[a-z]{0,8}[0-9]{1,8}[a-z])[a-z0-9]{9}',
  mrk: '[0-9a-f]{32}',
  'import-i': '[a-z0-9]{8}',
  'export-i': '[a-z0-9]{8}',
};
const DASHED = new Map(
  Object.entries(BEHIND_DASH).map(([word, form]) => [word, new RegExp(`-${form}${RIGHT_BOUNDARY}`, 'y')]),
);
const DASH = /(?<=[a-z])-(?=[A-Za-z0-9]{4})/g;
const WORD_BEFORE = /(?<=(?<![A-Za-z])((?:im|ex)port-i|[a-z]{1,7}))/y;

/** User pools and identity pools of Cognito. */
const POOL = new RegExp(
  '(?<=[a-z])-\\d(?:_[A-Za-z0-9]{9}|:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})' + RIGHT_BOUNDARY,
  'g',
);
const REGION_BEFORE = new RegExp(`(?<=${LEFT_BOUNDARY}(${REGION.slice(0, -'-\\d'.length)}))`, 'y');

/** Ids whose dash or region shows what they are: clusters, organizations, directories, pools. */
export const awsDashedIds: Detector = {
  kinds: [KIND],
  find({ text }) {
    return [...dashed(text), ...pools(text)];
  },
};

function dashed(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const { index: dash } of text.matchAll(DASH)) {
    const word = wordBefore(WORD_BEFORE, text, dash);
    const form = DASHED.get(word);
    if (form === undefined || !isLeftBoundary(text, dash - word.length)) continue;
    form.lastIndex = dash;
    if (form.test(text)) findings.push({ kind: KIND, start: dash - word.length, end: form.lastIndex });
  }
  return findings;
}

function pools(text: string): Finding[] {
  return Array.from(text.matchAll(POOL)).flatMap(({ index: dash, 0: rest }): Finding[] => {
    const region = wordBefore(REGION_BEFORE, text, dash);
    return region === '' ? [] : [{ kind: KIND, start: dash - region.length, end: dash + rest.length }];
  });
}

/** What a sticky look-behind captures that ends at an offset; empty when it does not match. */
function wordBefore(sticky: RegExp, text: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[1] ?? '';
}
