import { LEFT_BOUNDARY, RIGHT_BOUNDARY } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { entropy } from '../entropy';
import { REGION } from './regions';

const KIND = 'aws-resource-id';

/** Bits per character below which an id was typed as a placeholder, such as `AROAXXXXXXXXXXXXXXXX`. */
const MIN_ENTROPY = 1.5;
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** IAM principals and other entities, by the prefixes of the IAM reference ("Unique identifiers"). */
const IAM_ENTITY = '(?:AROA|AIDA|AGPA|AIPA|ANPA|ANVA|APKA|ASCA)(?:(?=[A-Z]{0,16}[0-9])[A-Z0-9]{12,17}|[A-Z]{16,17})';
/** Clusters, steps and instance groups of EMR. */
const EMR = '(?:j|s|ig|if|is)-(?=[A-Z]{0,13}[0-9])[A-Z0-9]{11,14}';
const ORGANIZATION = 'o-(?=[a-z]{0,31}[0-9]|example)[a-z0-9]{10,32}';
const ORGANIZATIONAL_UNIT = 'ou-(?=[a-z]{0,31}[0-9])[0-9a-z]{4,32}-[a-z0-9]{8,32}';
const RDS_RESOURCE = '(?:db|cluster)-[A-Z0-9]{26}';
const DIRECT_CONNECT = 'dx(?:con|vif|lag)-[a-z0-9]{8}';
const DIRECTORY = 'd-9[0-9a-f]{9}';
const WORKSPACE = 'ws-(?=[a-z]{0,8}[0-9]{1,8}[a-z])[a-z0-9]{9}';
const MULTI_REGION_KEY = 'mrk-[0-9a-f]{32}';
const VM_IMPORT = '(?:import|export)-i-[a-z0-9]{8}';

/** Forms that show by themselves what they are. */
const OWN_FORMS = new RegExp(
  `${LEFT_BOUNDARY}(?:${[
    IAM_ENTITY,
    EMR,
    ORGANIZATIONAL_UNIT,
    ORGANIZATION,
    RDS_RESOURCE,
    DIRECT_CONNECT,
    DIRECTORY,
    WORKSPACE,
    MULTI_REGION_KEY,
    VM_IMPORT,
    `${REGION}(?:_[A-Za-z0-9]{9}|:${UUID})`,
  ].join('|')})${RIGHT_BOUNDARY}`,
  'g',
);

/** Load balancers and target groups as metrics and logs name them, with the name in front of the id. */
const LOAD_BALANCER =
  /(?<=(?<![A-Za-z0-9])(?:app|net|gwy|targetgroup)\/)[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}(?![A-Za-z0-9])/g;

/** Forms that are a customer's id only near words that say so: the form, and the words before it. */
const BY_CONTEXT: readonly (readonly [form: string, words: RegExp])[] = [
  ['Z(?=[A-Z]{0,30}[0-9])[A-Z0-9]{7,31}', /zone|route ?53|호스팅|영역/i],
  ['E(?=[A-Z]{0,13}[0-9])[A-Z0-9]{9,14}', /distribution|cloudfront|origin.access|배포/i],
  [UUID, /[Kk][Mm][Ss]|\bCMK\b|KeyId["']?\s?[:=]|(?<![a-z_])key-id[ =]|\bkey\/$/],
  [
    '(?=[a-z]{0,9}[0-9])(?=[0-9]{0,9}[a-z])[a-z0-9]{10}',
    /(?:rest-?api-?id|restapis|--api-id|\bapiid)[^A-Za-z0-9]{0,6}$/i,
  ],
  ['d-[0-9a-z]{10}', /director(?:y|ies)|workspace|identity.?store|디렉[터토]리/i],
  ['e-[a-z0-9]{10}', /beanstalk|environment.?id/i],
  ['r-[a-z0-9]{4,32}', /organi[sz]ation|(?:root|parent|source|target)[- _]?id/i],
  ['o-[a-z0-9]{10,32}', /organi[sz]ation|org-?id/i],
];

/** How far before an id its words may stand. */
const CONTEXT_LENGTH = 48;

/** One pattern finds them all; the number of the matching group says which words it needs. */
const CONTEXT_FORMS = new RegExp(
  `${LEFT_BOUNDARY}(?:${BY_CONTEXT.map(([form]) => `(${form})`).join('|')})${RIGHT_BOUNDARY}`,
  'g',
);

/** Ids that have no hexadecimal part behind a prefix: IAM entities, clusters, organizations, pools, zones, keys. */
export const awsNamedIds: Detector = {
  kinds: [KIND],
  find({ text }) {
    const findings: Finding[] = [];
    for (const { index, 0: id } of text.matchAll(OWN_FORMS)) {
      if (entropy(id) >= MIN_ENTROPY) findings.push({ kind: KIND, start: index, end: index + id.length });
    }
    for (const { index, 0: id } of text.matchAll(LOAD_BALANCER)) {
      findings.push({ kind: KIND, start: index, end: index + id.length });
    }
    return [...findings, ...findByContext(text)];
  },
};

function findByContext(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(CONTEXT_FORMS)) {
    const { index, 0: id } = match;
    const form = match.slice(1).findIndex((group) => group !== undefined);
    const words = BY_CONTEXT[form]?.[1];
    if (words?.test(text.slice(Math.max(0, index - CONTEXT_LENGTH), index)) === true) {
      findings.push({ kind: KIND, start: index, end: index + id.length });
    }
  }
  return findings;
}
