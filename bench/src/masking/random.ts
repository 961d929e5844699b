/** A source of choices that is the same in every run: the corpus must not change between two measurements. */
export class Random {
  /** @param seed any 32-bit number */
  constructor(private seed: number) {}

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.between(0, items.length - 1)] as T;
  }

  /** A text of `length` characters of an alphabet. */
  text(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[this.between(0, alphabet.length - 1)]).join('');
  }

  digits(length: number): string {
    return this.text('0123456789', length);
  }

  hex(length: number): string {
    return this.text('0123456789abcdef', length);
  }

  /** A number from 0 up to 1 by the generator mulberry32, which is public domain. */
  private next(): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
