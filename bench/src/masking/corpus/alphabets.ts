const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
export const LOWER_DIGITS = LOWER + DIGITS;
export const UPPER_DIGITS = UPPER + DIGITS;
export const ALNUM = LOWER + UPPER + DIGITS;
export const BASE64 = `${ALNUM}+/`;
export const BASE64URL = `${ALNUM}-_`;
/** RFC 4648 base32. */
export const BASE32 = `${UPPER}234567`;
