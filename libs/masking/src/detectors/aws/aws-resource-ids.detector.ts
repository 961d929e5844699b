import { isAlphanumeric, isLeftBoundary, LEFT_BOUNDARY, RIGHT_BOUNDARY } from '../boundaries';
import type { Detector, Finding } from '../detector';

const KIND = 'aws-resource-id';

/** Types that once had ids of 8 hexadecimal digits; all of them have 17 today. */
const SHORT_OR_LONG =
  'i r ami aki ari vol snap eni eni-attach subnet vpc sg sgr igw eigw nat rtb rtbassoc acl aclassoc eipalloc eipassoc ' +
  'vpce vpce-svc pcx vgw cgw vpn tgw tgw-attach tgw-rtb dopt fl fs pl lt sir import-ami export-ami import-snap';

/** Types that never had the short form, where 8 digits would rather be a date, a number or a commit. */
const LONG_ONLY =
  'vpce-nfn tgw-mcast-domain fsap fsmt h cr key pg cvpn-endpoint ipam ipam-pool ipam-scope ipam-res-disco eice ' +
  'subnet-cidr-assoc vpc-cidr-assoc core-network global-network sfr fleet mw lgw mi';

const SHORT_PREFIXES = new Set(SHORT_OR_LONG.split(' '));
const LONG_PREFIXES = new Set([...SHORT_PREFIXES, ...LONG_ONLY.split(' ')]);
const LONGEST_PREFIX = Math.max(...Array.from(LONG_PREFIXES, (prefix) => prefix.length));

/** The part behind the prefix. A UUID is no id of this form, though it begins with 8 hexadecimal digits. */
const HEX_PART = /-(?:[0-9a-f]{17}|[0-9a-f]{8}(?!-[0-9a-f]{4}-))(?![0-9A-Za-z])/g;
const CALENDAR_DATE = /^-(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

/** IAM principals and other entities, by the prefixes of the IAM reference ("Unique identifiers"). */
const IAM_ENTITY = '(?:AROA|AIDA|AGPA|AIPA|ANPA|ANVA|APKA|ASCA)(?=[A-Z]{0,16}[0-9])[A-Z0-9]{12,17}';
const EMR_CLUSTER = 'j-(?=[A-Z]{0,13}[0-9])[A-Z0-9]{11,14}';
const ORGANIZATION = 'o-(?=[a-z]{0,31}[0-9])[a-z0-9]{10,32}';
const ORGANIZATIONAL_UNIT = 'ou-(?=[a-z]{0,31}[0-9])[0-9a-z]{4,32}-[a-z0-9]{8,32}';
const OTHER_FORMS = new RegExp(
  `${LEFT_BOUNDARY}(?:${IAM_ENTITY}|${EMR_CLUSTER}|${ORGANIZATIONAL_UNIT}|${ORGANIZATION})${RIGHT_BOUNDARY}`,
  'g',
);

/** Ids such as `i-0123456789abcdef0` and `vpc-1a2b3c4d`, IAM entities, EMR clusters, organizations. */
export const awsResourceIds: Detector = {
  kinds: [KIND],
  find({ text }) {
    const findings: Finding[] = [];
    for (const hex of text.matchAll(HEX_PART)) {
      const start = startOfId(text, hex.index, hex[0]);
      if (start !== undefined) findings.push({ kind: KIND, start, end: hex.index + hex[0].length });
    }
    for (const match of text.matchAll(OTHER_FORMS)) {
      findings.push({ kind: KIND, start: match.index, end: match.index + match[0].length });
    }
    return findings.sort((a, b) => a.start - b.start);
  },
};

/** All ids of 17 digits begin with a zero: with it any prefix of this form will do, those of tomorrow's types too. */
const ANY_TYPE = /(?:[a-z][a-z-]{0,23})?[a-z]$/;

/** Goes left from the dash and takes the longest prefix: `tgw-attach-…` is not an `attach-…`. */
function startOfId(text: string, dash: number, hex: string): number | undefined {
  const short = hex.length === 9;
  if (short && CALENDAR_DATE.test(hex)) return undefined;
  const prefixes = short ? SHORT_PREFIXES : LONG_PREFIXES;
  if (!isAlphanumeric(text.charCodeAt(dash - 1))) return undefined;
  for (let start = Math.max(0, dash - LONGEST_PREFIX); start < dash; start += 1) {
    if (prefixes.has(text.slice(start, dash)) && isLeftBoundary(text, start)) return start;
  }
  if (short || hex[1] !== '0') return undefined;
  const from = Math.max(0, dash - LONGEST_PREFIX);
  const other = ANY_TYPE.exec(text.slice(from, dash));
  const start = from + (other?.index ?? 0);
  return other !== null && isLeftBoundary(text, start) ? start : undefined;
}
