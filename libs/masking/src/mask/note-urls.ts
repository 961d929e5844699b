import type { Finding } from '../detectors/detector';
import type { TokenGrants } from '../grants/token-grants';
import { HOST_KINDS, hostOf, UNKNOWN_HOST } from '../grants/url-hosts';
import type { BodyText } from './body-texts';

/** The colon and slashes of a URL, also as JSON or a parameter of another URL writes them. */
const SLASHES = /(?::|%(?:25){0,4}3A)(?:\/\/|\\{1,8}\/\\{1,8}\/|%(?:25){0,4}2F%(?:25){0,4}2F)/gi;
const AUTHORITY = /(?:[^\s/?#"'<>`]{0,256}@)?(?:\[[0-9A-Fa-f:.]{2,45}\]|[^\s/?#%"'<>`|(){}[\],;@:\\]{1,253})/y;
const REST_OF_URL = /[^\s"'<>]{0,2048}/y;
const MAY_HOLD_URL = /:(?:\/\/|\\)|%3A|%253A/i;

const LABELS_BEFORE = /[A-Za-z0-9.-]{1,253}$/;
const LABELS_BEHIND = /[A-Za-z0-9.-]{1,253}/y;
const LONGEST_HOST = 253;

/**
 * Notes which hosts the client named, and which values stood in a URL of which host: a reply may send a value to a
 * host of the client, or back to where it came from, but to no other.
 */
export function noteUrls(text: BodyText, findings: readonly Finding[], grants: TokenGrants): void {
  if (MAY_HOLD_URL.test(text.decoded)) noteHostsOfUrls(text, findings, grants);
  for (const finding of findings) if (HOST_KINDS.has(finding.kind)) noteHostAround(text, finding, grants);
}

function noteHostsOfUrls({ decoded, author }: BodyText, findings: readonly Finding[], grants: TokenGrants): void {
  let next = 0;
  for (const { 0: slashes, index } of decoded.matchAll(SLASHES)) {
    AUTHORITY.lastIndex = index + slashes.length;
    const authority = AUTHORITY.exec(decoded)?.[0] ?? '';
    const host = hostOf(authority);
    if (host === undefined || host === UNKNOWN_HOST) continue;
    if (author === 'client') grants.trustHost(host);
    REST_OF_URL.lastIndex = index + slashes.length;
    const end = index + slashes.length + (REST_OF_URL.exec(decoded)?.[0].length ?? 0);
    while (next < findings.length && (findings[next] as Finding).end <= index) next += 1;
    for (let at = next; at < findings.length && (findings[at] as Finding).start < end; at += 1) {
      const { kind, start, end: stop } = findings[at] as Finding;
      grants.noteHost(kind, decoded.slice(start, stop), host);
    }
  }
}

/** A host that stands without a URL is named as well, and so is the whole of one of which a part was found. */
function noteHostAround({ decoded, author }: BodyText, { kind, start, end }: Finding, grants: TokenGrants): void {
  const value = decoded.slice(start, end);
  const before = LABELS_BEFORE.exec(decoded.slice(Math.max(0, start - LONGEST_HOST), start))?.[0] ?? '';
  LABELS_BEHIND.lastIndex = end;
  const behind = LABELS_BEHIND.exec(decoded)?.[0] ?? '';
  for (const host of new Set([hostOf(value), hostOf(before + value + behind)])) {
    if (host === undefined || host === UNKNOWN_HOST) continue;
    if (author === 'client') grants.trustHost(host);
    grants.noteHost(kind, value, host);
  }
}
