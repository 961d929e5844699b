import { isAlphanumeric, isLeftBoundary } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { matchesAt } from '../matches-at';
import { isAddressV6 } from './ipv6-syntax';
import { isWellKnownV6 } from './well-known-addresses';

const KIND = 'ip';

const COLON = 0x3a;
const LONGEST_GROUP = 4;
const ESCAPED_BYTE = /^[0-9A-Fa-f]{2}:/;

/** All that an address may consist of, at most one unit more than the longest has. */
const RUN = /[0-9A-Fa-f:.]{2,46}/y;

/** `%eth0` behind a link-local address (RFC 4007), also with its percent sign encoded as in URLs (RFC 6874). */
const ZONE =
  /%(?:25)?(?:(?![0-9A-Fa-f]{2})[A-Za-z][A-Za-z0-9._-]{0,14}[A-Za-z0-9]|(?:en|eth|br|bond|docker|eno|ens)[A-Za-z0-9.]{1,12}|1?\d)(?![A-Za-z0-9])/y;
const LINK_LOCAL = /^fe[89ab]/i;

/** What makes `::5` and `fd00::` addresses: a bracket or prefix length, or a word before them. */
const PREFIX_LENGTH = /\/\d{1,3}(?!\d)/y;
const CONTEXT =
  /(?<=\[|\b(?:ipv?6?|inet6|addr(?:ess)?|prefix|subnet|route|via|gateway|주소)["'`]?\s{0,2}[:=]?\s{0,2}["'`]?)/iy;

/** IPv6 addresses in all forms of RFC 4291, without brackets, port and prefix length. */
export const ipv6Addresses: Detector = {
  kinds: [KIND],
  find({ text }) {
    const found: Finding[] = [];
    for (let colon = text.indexOf(':'); colon !== -1; colon = text.indexOf(':', colon + 1)) {
      if (!isGroupEnd(text, colon)) continue;
      const start = startOfGroup(text, colon);
      RUN.lastIndex = start;
      const run = RUN.exec(text)?.[0] ?? ':';
      const finding = addressIn(text, start, run);
      if (finding !== undefined) found.push(finding);
      colon = Math.max(colon, start + run.length - 1);
    }
    return found;
  },
};

/** Whether another colon follows after at most one group: most colons are followed by something else. */
function isGroupEnd(text: string, colon: number): boolean {
  for (let at = colon + 1; at <= colon + LONGEST_GROUP + 1; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === COLON) return true;
    if (!isHexadecimal(unit)) return false;
  }
  return false;
}

function startOfGroup(text: string, colon: number): number {
  let start = colon;
  while (start > 0 && colon - start < LONGEST_GROUP && isHexadecimal(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

/** A run may begin with the end of a name, as in `addr:2001:db8::1`, and end with punctuation. */
function addressIn(text: string, start: number, run: string): Finding | undefined {
  const skipped = lengthOfName(text, start, run);
  if (skipped === 0 && !isLeftBoundary(text, start)) return undefined;
  return addressAt(text, start + skipped, withoutPunctuation(run.slice(skipped)));
}

function withoutPunctuation(run: string): string {
  return run.endsWith('.') || (run.endsWith(':') && !run.endsWith('::')) ? run.slice(0, -1) : run;
}

function lengthOfName(text: string, start: number, run: string): number {
  if (text[start - 1] === '%' && ESCAPED_BYTE.test(run)) return 2;
  if (run.startsWith(':')) return run.startsWith('::') && !run.startsWith(':::') ? 0 : 1;
  return isLeftBoundary(text, start) ? 0 : run.indexOf(':') + 1;
}

function addressAt(text: string, start: number, address: string): Finding | undefined {
  const end = start + address.length;
  const isHinted = () => matchesAt(PREFIX_LENGTH, text, end) || matchesAt(CONTEXT, text, start);
  if (isAlphanumeric(text.charCodeAt(end)) || !isAddressV6(address, isHinted) || isWellKnownV6(address))
    return undefined;
  ZONE.lastIndex = end;
  const zone = LINK_LOCAL.test(address) ? (ZONE.exec(text)?.[0].length ?? 0) : 0;
  return { kind: KIND, start, end: end + zone };
}

function isHexadecimal(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66);
}
