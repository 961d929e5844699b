import type { Detector, Finding } from '../detector';
import { isPlaceholder } from '../vendors/placeholders';
import { valueBehindName } from '../vendors/named-value';

const KIND = 'azure-secret';

const GUID = /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![A-Za-z0-9])/y;
/** Personal access tokens of Azure DevOps until 2024: 52 characters of base32. */
const OLD_ACCESS_TOKEN = /[a-z2-7]{52}(?![A-Za-z0-9])/y;
const MIN_ENTROPY = 2.5;

/** Azure numbers its subscriptions, tenants and applications with GUIDs, and so does everybody else. */
const ID_WORDS = ['tenant', 'client', 'application', 'app_id', 'appid', 'object_id', 'objectid', 'principal'];
const SUBSCRIPTION = 'subscription';
const AZURE_WORDS = ['azure', 'microsoft', 'entra', 'arm_', 'aad_'];
const ACCESS_TOKEN_WORDS = [
  'devops',
  'vsts',
  'azp_token',
  'ado_pat',
  'azure_pat',
  'personal access token',
  'visualstudio',
];
const ID = /^[ _-]?id/i;

/** What only a name tells to be Azure's: GUIDs of subscriptions and tenants, old access tokens. */
export const azureNames: Detector = {
  kinds: [KIND],
  keywords: [SUBSCRIPTION, ...ID_WORDS, ...AZURE_WORDS, ...ACCESS_TOKEN_WORDS],
  find(searched) {
    const findings: Finding[] = [];
    const collect = (word: string, value: RegExp): void => {
      for (const at of searched.at(word)) {
        const found = findBehind(searched.text, at + word.length, value);
        if (found !== undefined) findings.push(found);
      }
    };
    collect(SUBSCRIPTION, GUID);
    if (AZURE_WORDS.some((word) => searched.has(word))) for (const word of ID_WORDS) collect(word, GUID);
    for (const word of ACCESS_TOKEN_WORDS) collect(word, OLD_ACCESS_TOKEN);
    return findings;
  },
};

function findBehind(text: string, from: number, value: RegExp): Finding | undefined {
  if (
    value === GUID &&
    !text
      .slice(from - 2, from)
      .toLowerCase()
      .endsWith('id') &&
    !ID.test(text.slice(from, from + 3))
  ) {
    return undefined;
  }
  const named = valueBehindName(text, from);
  if (named === undefined) return undefined;
  value.lastIndex = named.valueStart;
  const secret = value.exec(text)?.[0];
  if (secret === undefined || isPlaceholder(secret, MIN_ENTROPY)) return undefined;
  return { kind: KIND, start: value.lastIndex - secret.length, end: value.lastIndex };
}
