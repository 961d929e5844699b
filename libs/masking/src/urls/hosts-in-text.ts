import type { Finding } from '../detectors/detector';
import { endOfHostName, startOfHostName } from '../detectors/host-name';
import { bareHosts } from './bare-hosts';
import { HOST_KINDS, hostOf, UNKNOWN_HOST } from './url-host';

/** The colon and slashes of a URL, also as JSON or a parameter of another URL writes them. */
const SLASHES = /(?::|%(?:25){0,4}3A)(?:\/\/|\\{1,8}\/\\{1,8}\/|%(?:25){0,4}2F%(?:25){0,4}2F)/gi;
const AUTHORITY = /(?:[^\s/?#"'<>`]{0,256}@)?(?:\[[0-9A-Fa-f:.]{2,45}\]|[^\s/?#%"'<>`|(){}[\],;@:\\]{1,253})/y;
const REST_OF_URL = /[^\s"'<>]{0,2048}/y;
const MAY_HOLD_URL = /:(?:\/\/|\\)|%3A|%253A/i;

/** A text without any space may be one URL in another, again and again; values in deeper ones go nowhere. */
const MOST_NESTED = 16;

/** A host that a text names, and the findings that may go back to it because they stand in a URL of it. */
export interface HostInText {
  readonly host: string;
  /** Indices of the findings. */
  readonly carried: readonly number[];
}

/** The hosts of all URLs in a text, those that were found as hosts, and those that it names without a scheme. */
export function hostsInText(text: string, findings: readonly Finding[]): HostInText[] {
  const hosts = MAY_HOLD_URL.test(text) ? hostsOfUrls(text, findings) : [];
  for (const [index, finding] of findings.entries()) {
    if (!HOST_KINDS.has(finding.kind)) continue;
    for (const host of hostsAround(text, finding)) hosts.push({ host, carried: [index] });
  }
  for (const host of bareHosts(text)) hosts.push({ host, carried: [] });
  return hosts;
}

function hostsOfUrls(text: string, findings: readonly Finding[]): HostInText[] {
  const hosts: HostInText[] = [];
  let next = 0;
  let end = 0;
  let nested = 0;
  for (const { 0: slashes, index } of text.matchAll(SLASHES)) {
    nested = index < end ? nested + 1 : 0;
    if (nested > MOST_NESTED) continue;
    if (nested === 0) end = endOfUrl(text, index + slashes.length);
    AUTHORITY.lastIndex = index + slashes.length;
    const host = hostOf(AUTHORITY.exec(text)?.[0] ?? '');
    if (host === undefined || host === UNKNOWN_HOST) continue;
    const carried: number[] = [];
    while (next < findings.length && (findings[next] as Finding).end <= index) next += 1;
    for (let at = next; at < findings.length && (findings[at] as Finding).start < end; at += 1) carried.push(at);
    hosts.push({ host, carried });
  }
  return hosts;
}

function endOfUrl(text: string, start: number): number {
  REST_OF_URL.lastIndex = start;
  return start + (REST_OF_URL.exec(text)?.[0].length ?? 0);
}

/** A host that stands without a URL is named as well, and so is the whole of one of which a part was found. */
function hostsAround(text: string, { start, end }: Finding): string[] {
  const value = hostOf(text.slice(start, end));
  const whole = hostOf(text.slice(startOfHostName(text, start), endOfHostName(text, end)));
  const hosts = value === whole ? [value] : [value, whole];
  return hosts.filter((host) => host !== undefined).filter((host) => host !== UNKNOWN_HOST);
}
