import { isAlphanumeric, isLeftBoundary } from '../boundaries';
import type { Detector, Finding } from '../detector';

const KIND = 'aws-resource-id';

/** Types that once had ids of 8 hexadecimal digits; all of them have 17 today. */
const SHORT_OR_LONG =
  'i r ami aki ari vol snap eni eni-attach subnet vpc sg sgr sgw igw eigw nat rtb rtbassoc acl aclassoc eipalloc ' +
  'eipassoc vpce vpce-svc pcx vgw cgw vpn tgw tgw-attach tgw-rtb dopt fl fs pl lt sir import-ami export-ami import-snap fsmt bun subnet-cidr-assoc vpc-cidr-assoc';

/** Types that never had the short form, where 8 digits would rather be a date, a number or a commit. */
const LONG_ONLY =
  'vpce-nfn tgw-mcast-domain tgw-ptb export-i import-i lgw-rtb lgw-vif lgw-vif-grp lgw-vpc-assoc fsap fsvol svm backup h hr hro cr key pg pb mw lgw mi s as e device site link ' +
  'cvpn-endpoint cvpn-assoc cvpn-connection ipam ipam-pool ipam-scope ipam-res-disco ipam-res-disco-assoc eice nip nis ' +
  'nia iew vai vagr vatp vae iip-assoc core-network global-network sfr fleet afi crf ' +
  'replacevol rslvr-in rslvr-out rslvr-rr rslvr-rrassoc loc rgw elc';

/** Prefixes that are also initials, ticket types or words: with digits alone behind them they need lower case. */
const AMBIGUOUS: ReadonlySet<string> = new Set('i r fl fs pl lt acl nat sir sg vol'.split(' '));

const SHORT_PREFIXES = new Set(SHORT_OR_LONG.split(' '));
const LONG_PREFIXES = new Set([...SHORT_PREFIXES, ...LONG_ONLY.split(' ')]);
/** Prefixes behind which digits alone are an id; behind `backup` they may be a time with milliseconds. */
const UNMISTAKABLE = new Set([...LONG_PREFIXES].filter((prefix) => SHORT_PREFIXES.has(prefix) || prefix.includes('-')));
const LONGEST_PREFIX = Math.max(...Array.from(LONG_PREFIXES, (prefix) => prefix.length));

/**
 * The part behind the prefix: in one case, no UUID although that begins with 8 hexadecimal digits, and no name of a
 * built file such as `vol-3f2a1b9c.js`. The documentation of AWS ends its ids in `EXAMPLE`.
 */
const HEX_PART =
  /(?<=[A-Za-z])-(?:[0-9a-f]{17}|[0-9a-f]{1,10}EXAMPLE|[0-9A-F]{17}|(?:[0-9a-f]{8}|[0-9A-F]{8})(?!-[0-9A-Fa-f]{4}-|\.(?:[cm]?[jt]sx?|s?css|map|svg|png|html?)\b))(?![0-9A-Za-z])/g;
const CALENDAR_DATE = /^-(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const DIGITS_ONLY = /^-\d+$/;

/** Ids such as `i-0123456789abcdef0` and `vpc-1a2b3c4d`, in lower case or shouted in upper case. */
export const awsResourceIds: Detector = {
  kinds: [KIND],
  find({ text }) {
    const findings: Finding[] = [];
    for (const { index: dash, 0: hex } of text.matchAll(HEX_PART)) {
      const start = startOfId(text, dash, hex);
      if (start !== undefined) findings.push({ kind: KIND, start, end: dash + hex.length });
    }
    return findings;
  },
};

function startOfId(text: string, dash: number, hex: string): number | undefined {
  if (hex.endsWith('EXAMPLE')) return startOfPrefix(text, dash, LONG_PREFIXES);
  return hex.length === 9 ? startOfShortId(text, dash, hex) : startOfLongId(text, dash, hex);
}

function startOfShortId(text: string, dash: number, hex: string): number | undefined {
  if (CALENDAR_DATE.test(hex)) return undefined;
  const start = startOfPrefix(text, dash, SHORT_PREFIXES);
  if (start === undefined || !DIGITS_ONLY.test(hex)) return start;
  const prefix = text.slice(start, dash);
  const unclear = AMBIGUOUS.has(prefix.toLowerCase()) && (prefix !== prefix.toLowerCase() || text[start - 1] === '-');
  return unclear ? undefined : start;
}

/** Nothing else has 17 hexadecimal digits, so with a letter among them any prefix will do, those of tomorrow's types too. */
const ANY_TYPE = /(?:[a-z][a-z-]{0,23})?[a-z]$/i;

function startOfLongId(text: string, dash: number, hex: string): number | undefined {
  const known = startOfPrefix(text, dash, LONG_PREFIXES);
  if (DIGITS_ONLY.test(hex) && hex[1] !== '0') {
    return known !== undefined && UNMISTAKABLE.has(text.slice(known, dash).toLowerCase()) ? known : undefined;
  }
  if (known !== undefined) return known;
  const from = Math.max(0, dash - LONGEST_PREFIX);
  const other = ANY_TYPE.exec(text.slice(from, dash));
  const start = from + (other?.index ?? 0);
  return other !== null && isLeftBoundary(text, start) ? start : undefined;
}

/** Goes left from the dash and takes the longest prefix: `tgw-attach-…` is not an `attach-…`. */
function startOfPrefix(text: string, dash: number, prefixes: ReadonlySet<string>): number | undefined {
  if (!isAlphanumeric(text.charCodeAt(dash - 1))) return undefined;
  for (let start = Math.max(0, dash - LONGEST_PREFIX); start < dash; start += 1) {
    if (isLeftBoundary(text, start) && prefixes.has(text.slice(start, dash).toLowerCase())) return start;
  }
  return undefined;
}
