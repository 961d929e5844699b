import { LEFT_BOUNDARY, RIGHT_BOUNDARY } from '../boundaries';
import type { Detector } from '../detector';
import { matchesAtKeywords } from './context';

const KIND = 'aws-resource-id';

/** Distinct characters below which an id was typed as a placeholder, such as `AROAXXXXXXXXXXXXXXXX`. */
const MIN_DISTINCT = 5;

/** IAM principals and other entities, by the prefixes of the IAM reference ("Unique identifiers"). */
const IAM_PREFIXES = ['aroa', 'aida', 'agpa', 'aipa', 'anpa', 'anva', 'apka', 'asca'];
const IAM_ENTITY = new RegExp(
  `${LEFT_BOUNDARY}(?:AROA|AIDA|AGPA|AIPA|ANPA|ANVA|APKA|ASCA)` +
    `(?:(?=[A-Z]{0,16}[0-9])[A-Z0-9]{12,17}|[A-Z]{16,17})${RIGHT_BOUNDARY}`,
  'y',
);

/** Load balancers and target groups as metrics and logs name them, with the name in front of the id. */
const LOAD_BALANCER_TYPES = ['app/', 'net/', 'gwy/', 'targetgroup/'];
const LOAD_BALANCER = new RegExp(
  `${LEFT_BOUNDARY}(?:app|net|gwy|targetgroup)/([A-Za-z0-9-]{1,32}/[0-9a-f]{16})${RIGHT_BOUNDARY}`,
  'y',
);

/** Ids that begin with their type: IAM entities, and load balancers in metrics and logs. */
export const awsNamedIds: Detector = {
  kinds: [KIND],
  keywords: [...IAM_PREFIXES, ...LOAD_BALANCER_TYPES],
  find(searched) {
    const entities = matchesAtKeywords(searched, IAM_PREFIXES, IAM_ENTITY);
    return [
      ...entities.filter(({ 0: id }) => new Set(id).size >= MIN_DISTINCT),
      ...matchesAtKeywords(searched, LOAD_BALANCER_TYPES, LOAD_BALANCER),
    ].map((match) => {
      const end = match.index + match[0].length;
      return { kind: KIND, start: end - (match[1] ?? match[0]).length, end };
    });
  },
};
