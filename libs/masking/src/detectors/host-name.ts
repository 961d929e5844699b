import { isAlphanumeric } from './boundaries';

/** Most characters of a host name (RFC 1035). */
export const LONGEST_HOST = 253;

/** Whether a UTF-16 unit may stand in a host name. */
export function isHostUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2d || unit === 0x2e;
}

/** Where the characters of host names begin that end at an offset, as many as a name may have. */
export function startOfHostName(text: string, end: number): number {
  const least = Math.max(0, end - LONGEST_HOST);
  let start = end;
  while (start > least && isHostUnit(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

/** Where the characters of host names end that begin at an offset, as many as a name may have. */
export function endOfHostName(text: string, start: number): number {
  const most = Math.min(text.length, start + LONGEST_HOST);
  let end = start;
  while (end < most && isHostUnit(text.charCodeAt(end))) end += 1;
  return end;
}
