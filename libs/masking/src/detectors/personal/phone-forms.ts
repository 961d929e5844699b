import type { NumberForm } from '../korea/number-text';

/** Between the groups of a written number. */
const JOINT = '(?:[-.]| - | )';

/** Area codes and service prefixes of Korea: mobiles, Seoul, provinces, personal and toll-free numbers. */
const KOREAN_PREFIX = '0(?:1[016789]|2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|50\\d?|[3678]0|130)';

/** Form of a number that shows what it is. */
export const KOREAN: NumberForm = {
  pattern: new RegExp(`(?:\\(${KOREAN_PREFIX}\\) ?-? ?|${KOREAN_PREFIX}(?:\\) ?|${JOINT}))\\d{3,4}${JOINT}\\d{4}`, 'g'),
  least: 10,
};

/** Mobiles with one separator, or with the code of the country and no plus sign. */
export const KOREAN_MOBILE_SHORT: NumberForm = {
  pattern: /01[016789][- ]\d{7,8}|01[016789]\d{3,4}-\d{4}|(?:82|\(82\))[- ]?10[- ]\d{4}[- ]\d{4}/g,
  least: 11,
};

/** Mobiles written without separators; all others need a word that says what they are. */
export const KOREAN_MOBILE: NumberForm = { pattern: /010\d{8}/g, least: 11 };
/** Nobody has such a number, but binary numbers look like it. */
export const BINARY = /^[01]+$/;

/** Numbers of companies for the whole country, by the prefixes in use. */
export const KOREAN_COMPANY: NumberForm = {
  pattern:
    /(1(?:5(?:22|33|44|66|77|88|99)|6(?:00|11|22|33|44|55|61|66|68|70|77|88|99)|8(?:00|11|33|44|55|66|77|99)))(?: ?- ?)(\d{4})/g,
  least: 9,
};

/** North America: area code, exchange, line. The area begins with 2 to 9. */
export const NORTH_AMERICAN: NumberForm = {
  pattern: /(?:1[-. ])?(?:\(([2-9]\d{2})\)( ?-? ?)|([2-9]\d{2})( ?- ?|\.| ))(\d{3})( ?- ?|\.| )(\d{4})/g,
  least: 11,
};

/** 555-0100 to 555-0199 are set aside for fiction. */
export const FICTIONAL: NumberForm = { pattern: /555-01\d{2}/g, least: 8 };
