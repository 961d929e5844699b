import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** ITU E.164 allows 15 digits; no country has shorter numbers with its code. */
const FEWEST_DIGITS = 8;
const MOST_DIGITS = 15;

/** A check against the numbering plans takes some microseconds. */
const MOST_CHECKS = 2048;

/**
 * Checks international numbers of one text against the numbering plans of all countries. A text that needs more
 * checks than {@link MOST_CHECKS} is a list of numbers, and the rest of it is believed.
 */
export class NumberingPlans {
  private checks = 0;

  /**
   * @param number plus sign, country code and national number, with or without separators
   * @param digits how many digits those are
   * @param lenient accept numbers that only have a possible length, as invented ones do
   */
  has(number: string, digits: number, lenient: boolean): boolean {
    if (digits < FEWEST_DIGITS || digits > MOST_DIGITS || number[1] === '0') return false;
    this.checks += 1;
    if (this.checks > MOST_CHECKS) return true;
    const parsed = parsePhoneNumberFromString(number, { extract: false });
    return parsed !== undefined && (lenient ? parsed.isPossible() : parsed.isValid());
  }
}
