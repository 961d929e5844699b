/** The digit that makes a number valid by Luhn's rule (ISO/IEC 7812-1). */
export function luhnDigit(digits: string): string {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** The two check digits of an IBAN (ISO 13616): 98 minus the number, letters as 10 to 35, modulo 97. */
export function ibanDigits(country: string, account: string): string {
  const numeric = `${account}${country}00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return String(98n - (BigInt(numeric) % 97n)).padStart(2, '0');
}

/** The last digit of a Korean resident registration number, as it was until October 2020. */
export function residentDigit(digits: string, offset: 11 | 13): string {
  return String((offset - (weighted(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10);
}

/** The last digit of a Korean business registration number. */
export function businessDigit(digits: string): string {
  const carried = Math.floor((Number(digits[8]) * 5) / 10);
  return String((10 - ((weighted(digits, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + carried) % 10)) % 10);
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0);
}
