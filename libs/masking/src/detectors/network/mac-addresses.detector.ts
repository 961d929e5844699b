import { isLeftBoundary } from '../boundaries';
import type { Detector } from '../detector';
import { findMatches } from '../find-matches';
import { matchesAt } from '../matches-at';

const KIND = 'ip';

/** Six bytes with colons or dashes, or three pairs of bytes with dots as Cisco prints them. */
const MAC_SHAPE =
  /[0-9A-Fa-f]{2}(?:([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{2}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![0-9A-Za-z])/g;

/** All bits clear or set: nobody's address. */
const NOBODY = /^(?:0+|f+)$/i;

/** A part of a longer row of bytes, such as a fingerprint, or of a name. */
const PART_BEFORE = /(?<=[0-9A-Fa-f]{2}[:-]|[A-Za-z0-9]-|\d\.)/y;
const PART_BEHIND = /(?:[:-][0-9A-Fa-f]{2}(?![0-9A-Za-z])|-[A-Za-z0-9]|\.[0-9A-Za-z])/y;

const CONTEXT = /(?<=(?:\bmac|physical|hardware|ether|lladdr|hwaddr|주소|물리)[^\n]{0,24})/iy;

/** Hardware addresses of network interfaces. */
export const macAddresses: Detector = {
  kinds: [KIND],
  find({ text }) {
    return findMatches(text, MAC_SHAPE, ({ 0: address, 1: separator, index: start }) => {
      const end = start + address.length;
      return isMac(text, start, end, separator) ? { kind: KIND, start, end } : undefined;
    });
  },
};

function isMac(text: string, start: number, end: number, separator: string | undefined): boolean {
  const bytes = text.slice(start, end).replaceAll(/[:.-]/g, '');
  if (NOBODY.test(bytes) || !isLeftBoundary(text, start)) return false;
  if (matchesAt(PART_BEFORE, text, start) || matchesAt(PART_BEHIND, text, end)) return false;
  if (separator === ':' || matchesAt(CONTEXT, text, start)) return true;
  return bytes.startsWith('00') || (/[A-Fa-f]/.test(bytes) && /\d/.test(bytes));
}
