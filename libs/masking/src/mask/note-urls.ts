import type { Finding } from '../detectors/detector';
import type { TokenGrants } from '../grants/token-grants';
import type { BodyText } from './body-texts';

const URL_HOST = /:\/\/(?:[^\s"'<>/?#@]{0,256}@)?([^\s"'<>/?#@:]{1,253})[^\s"'<>]{0,2048}/g;

/**
 * Notes which hosts the client named, and which values stood in a URL of which host: a reply may send a value to a
 * host of the client, or back to where it came from, but to no other.
 */
export function noteUrls({ decoded, author }: BodyText, findings: readonly Finding[], grants: TokenGrants): void {
  if (!decoded.includes('://')) return;
  let next = 0;
  for (const match of decoded.matchAll(URL_HOST)) {
    const host = (match[1] as string).toLowerCase();
    if (author === 'client') grants.trustHost(host);
    const end = match.index + match[0].length;
    while (next < findings.length && (findings[next] as Finding).end <= match.index) next += 1;
    for (let at = next; at < findings.length && (findings[at] as Finding).start < end; at += 1) {
      const { kind, start, end: stop } = findings[at] as Finding;
      grants.noteHost(kind, decoded.slice(start, stop), host);
    }
  }
}
