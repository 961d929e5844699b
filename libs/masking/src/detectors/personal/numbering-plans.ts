import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** ITU E.164 allows 15 digits; no country has shorter numbers with its code. */
const FEWEST_DIGITS = 8;
const MOST_DIGITS = 15;

/** A check against the numbering plans takes some microseconds. */
const MOST_CHECKS = 4096;

/**
 * Checks international numbers of one text against the numbering plans of all countries. A text that needs more
 * checks than {@link MOST_CHECKS} is a list of numbers, and the rest of it is believed.
 */
export class NumberingPlans {
  private checks = 0;

  /**
   * @param number plus sign, country code and national number, with or without separators
   * @param lenient accept numbers that only have a possible length, as invented ones do
   */
  has(number: string, lenient: boolean): boolean {
    const digits = number.replaceAll(/\D/g, '');
    if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS || digits.startsWith('0')) return false;
    this.checks += 1;
    if (this.checks > MOST_CHECKS) return true;
    const parsed = parsePhoneNumberFromString(number, { extract: false });
    return parsed !== undefined && (lenient ? parsed.isPossible() : parsed.isValid());
  }
}
