import { startOfHostName } from '../detectors/host-name';

/** Domains in which a name without a scheme is taken for a host; others are as likely a member of some object. */
const DOMAIN =
  /\.(?:[a-z]{2}|com|net|org|edu|gov|info|biz|app|dev|cloud|online|site|tech|store|xyz|page|example|test)(?!\.?[\w@(-])/gi;
/** What looks like the domain of a country is more often the ending of a file. */
const ENDING = /^\.(?:cc|db|go|gz|js|kt|md|mk|ml|pl|ps|py|rb|rs|sh|so|st|tf|ts|xz)$/i;
/** What goes before a name that is part of something else: an address, a path, a longer word. */
const PART_OF = /[\w@%+/\\]/;

/** A text that names more hosts is a list of them. */
const MOST_NAMES = 256;

/** Names of hosts that a text says without a scheme, such as `api.acme.com`, in lower case. */
export function bareHosts(text: string): string[] {
  const names = new Set<string>();
  for (const { 0: domain, index } of text.matchAll(DOMAIN)) {
    if (names.size === MOST_NAMES) break;
    if (ENDING.test(domain)) continue;
    const start = startOfHostName(text, index);
    const isWhole = start < index && !PART_OF.test(text[start - 1] ?? ' ');
    if (isWhole && /^[A-Za-z0-9]/.test(text.slice(start, index))) {
      names.add(text.slice(start, index + domain.length).toLowerCase());
    }
  }
  return [...names];
}
