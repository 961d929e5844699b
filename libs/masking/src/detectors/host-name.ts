import { isAlphanumeric } from './boundaries';

/** Most characters of a host name (RFC 1035). */
export const LONGEST_HOST = 253;

/** Whether a UTF-16 unit may stand in a host name. */
export function isHostUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2d || unit === 0x2e;
}
