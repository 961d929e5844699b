const RESIDENT_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
const BUSINESS_WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5];

/** Numbers that follow from a seed, so that a failing test fails again. */
export class SeededNumbers {
  constructor(private state: number) {}

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return low + Math.floor((this.state / 2 ** 32) * (high - low + 1));
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => String(this.between(0, 9))).join('');
  }

  /** A registration number with a right check digit, without its hyphen; the seventh digit is one of `genders`. */
  resident(genders: string): string {
    const gender = genders[this.between(0, genders.length - 1)] as string;
    const year = '3478'.includes(gender) ? this.between(0, 25) : this.between(70, 99);
    const date = [year, this.between(1, 12), this.between(1, 28)];
    const head = `${date.map((part) => String(part).padStart(2, '0')).join('')}${gender}${this.digits(5)}`;
    const sum = weighted(head, RESIDENT_WEIGHTS);
    return head + String((('5678'.includes(gender) ? 13 : 11) - (sum % 11)) % 10);
  }

  /** A business registration number with a right check digit, without its hyphens. */
  business(): string {
    const head = `${this.between(101, 899)}${this.digits(6)}`;
    const sum = weighted(head, BUSINESS_WEIGHTS) + Math.floor((Number(head[8]) * 5) / 10);
    return head + String((10 - (sum % 10)) % 10);
  }
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}
