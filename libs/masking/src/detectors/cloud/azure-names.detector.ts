import type { Detector, Finding } from '../detector';
import { valueBehindName } from '../vendors/named-value';
import { isStandIn } from '../vendors/stand-ins';

const KIND = 'azure-secret';

/** What only its name tells to be Azure's. */
interface NamedValueRule {
  readonly words: readonly string[];
  /** What must follow the word or end it, if the word alone does not tell. */
  readonly nameRest?: RegExp;
  readonly value: RegExp;
  readonly minEntropy: number;
  /** Names that other products give their values too count only in texts about Azure. */
  readonly onlyInAzure: boolean;
}

const GUID = /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![A-Za-z0-9])/y;
const ID = /^[ _-]?id/i;

const RULES: readonly NamedValueRule[] = [
  { words: ['subscription'], nameRest: ID, value: GUID, minEntropy: 2.5, onlyInAzure: false },
  {
    words: ['tenant', 'client', 'application', 'principal', 'object'],
    nameRest: ID,
    value: GUID,
    minEntropy: 2.5,
    onlyInAzure: true,
  },
  { words: ['app_id', 'appid', 'app id'], value: GUID, minEntropy: 2.5, onlyInAzure: true },
  {
    words: ['client_secret', 'clientsecret', 'client-secret', 'client secret'],
    value: /[\w.~+/-]{32,44}={0,2}(?![A-Za-z0-9])/y,
    minEntropy: 3.8,
    onlyInAzure: true,
  },
  {
    words: ['devops', 'vsts', 'azp_token', 'ado_pat', 'azure_pat', 'personal access token', 'visualstudio'],
    // 52 characters of base32: the form until 2024.
    value: /[a-z2-7]{52}(?![A-Za-z0-9])/y,
    minEntropy: 3.5,
    onlyInAzure: false,
  },
];

const AZURE_WORDS = ['azure', 'microsoft', 'entra', 'arm_', 'aad_', 'ad_tenant'];

/** GUIDs of subscriptions, tenants and applications, secrets and access tokens that have no mark of their own. */
export const azureNames: Detector = {
  kinds: [KIND],
  keywords: [...RULES.flatMap(({ words }) => words), ...AZURE_WORDS],
  find(searched) {
    const inAzure = AZURE_WORDS.some((word) => searched.has(word));
    return RULES.filter(({ onlyInAzure }) => inAzure || !onlyInAzure).flatMap((rule) =>
      rule.words.flatMap((word) =>
        searched.at(word).flatMap((at) => findBehind(searched.text, at + word.length, rule) ?? []),
      ),
    );
  },
};

function findBehind(text: string, from: number, rule: NamedValueRule): Finding | undefined {
  if (rule.nameRest?.test(text.slice(from, from + 3)) === false) return undefined;
  const named = valueBehindName(text, from);
  if (named === undefined) return undefined;
  const { value } = rule;
  value.lastIndex = named.valueStart;
  const secret = value.exec(text)?.[0];
  if (secret === undefined || isStandIn(secret, rule.minEntropy)) return undefined;
  return { kind: KIND, start: value.lastIndex - secret.length, end: value.lastIndex };
}
