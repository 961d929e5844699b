/**
 * Whether the last digit of a number is its check digit by the formula of Luhn (ISO/IEC 7812-1, annex B).
 *
 * @param number ASCII digits; what separates them is passed over
 */
export function passesLuhn(number: string): boolean {
  let sum = 0;
  let doubled = false;
  for (let at = number.length - 1; at >= 0; at -= 1) {
    const digit = number.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) continue;
    sum += doubled && digit > 4 ? 2 * digit - 9 : doubled ? 2 * digit : digit;
    doubled = !doubled;
  }
  return sum % 10 === 0;
}
