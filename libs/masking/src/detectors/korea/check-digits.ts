const RESIDENT_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
const BUSINESS_WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5];
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Lowest number of a tax office, with which business numbers begin. */
const FIRST_TAX_OFFICE = 101;

/** Registration began in 1968, and nobody who was older than this then needs a number now. */
const FIRST_YEAR = 1870;

const CENTURIES = [1800, 1900, 1900, 2000, 2000, 1900, 1900, 2000, 2000, 1800];

/**
 * The year of birth in a registration number of a resident or foreigner, by its first two digits and by the seventh,
 * which tells the century; undefined when the first six are no date of birth.
 */
export function birthYear(digits: string): number | undefined {
  const year = (CENTURIES[Number(digits[6])] as number) + Number(digits.slice(0, 2));
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4, 6));
  if (year < FIRST_YEAR || month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] as number)) return undefined;
  if (month === 2 && day === 29 && new Date(Date.UTC(year, 1, 29)).getUTCDate() !== 29) return undefined;
  return year;
}

/**
 * Whether the last of 13 digits checks the others as in registration numbers of residents and foreigners. Numbers
 * issued since 5 October 2020 have no check digit.
 */
export function hasResidentCheckDigit(digits: string): boolean {
  const sum = weighted(digits, RESIDENT_WEIGHTS);
  const base = isForeigner(digits) ? 13 : 11;
  return (base - (sum % 11)) % 10 === Number(digits[12]);
}

/** Whether a registration number is that of a foreigner or of an overseas Korean, by its seventh digit. */
export function isForeigner(digits: string): boolean {
  return digits[6] !== undefined && digits[6] >= '5' && digits[6] <= '8';
}

/** Whether ten digits are a business registration number: the tax office, and the last digit, which checks the rest. */
export function isBusinessNumber(digits: string): boolean {
  if (Number(digits.slice(0, 3)) < FIRST_TAX_OFFICE) return false;
  const sum = weighted(digits, BUSINESS_WEIGHTS) + Math.floor((Number(digits[8]) * 5) / 10);
  return (10 - (sum % 10)) % 10 === Number(digits[9]);
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}
