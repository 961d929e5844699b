const GROUP = /^[0-9A-Fa-f]{1,4}$/;
const EMBEDDED = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
const GROUPS = 8;

/** First groups of addresses in use: global unicast, unique local, link-local and multicast. */
const ASSIGNED = /^(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|ff[0-9a-f]{2})$/i;
const SHORTEST_UNHINTED = 3;

/**
 * Whether a text is an IPv6 address (RFC 4291, section 2.2) and not a time, a hardware address or two names of a
 * programming language with `::` between them.
 *
 * @param isHinted says whether something around it makes it an address; else one of a single group is none
 */
export function isAddressV6(text: string, isHinted: () => boolean): boolean {
  const [head, tail, ...more] = text.split('::');
  if (more.length > 0 || text.length < 3) return false;
  const groups = [...groupsOf(head as string), ...groupsOf(tail ?? '')];
  const embedded = tail !== '' && EMBEDDED.test(groups.at(-1) ?? '');
  const plain = embedded ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => GROUP.test(group))) return false;
  const length = plain.length + (embedded ? 2 : 0);
  if (tail === undefined) return length === GROUPS && !isHardwareAddress(groups);
  return length < GROUPS && (embedded || isCompressed(plain, head !== '', isHinted));
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

function isHardwareAddress(groups: readonly string[]): boolean {
  return groups.every((group) => group.length === 2);
}

function isCompressed(groups: readonly string[], startsWithGroup: boolean, isHinted: () => boolean): boolean {
  if (!groups.some((group) => /\d/.test(group))) return groups.length > 1 && isHinted();
  if (groups.length >= SHORTEST_UNHINTED) return true;
  if (startsWithGroup && !ASSIGNED.test(groups[0] as string)) return false;
  return (startsWithGroup && groups.length > 1) || isHinted();
}
