import { hash } from 'node:crypto';

/**
 * Remembers what was made of a text by the text's digest, so the text itself is not kept. The entry that was not used
 * for the longest time goes first.
 */
export class DigestCache<T> {
  private readonly entries = new Map<string, T>();

  /**
   * @param limit most entries; 0 remembers nothing
   * @param shortest length of a key below which making the value again is about as fast as looking it up
   */
  constructor(
    private readonly limit: number,
    private readonly shortest = 0,
  ) {}

  /** What was made of `key` before, or what `make` makes of it now. */
  remembered(key: string, make: () => T): T {
    if (key.length < this.shortest || this.limit === 0) return make();
    const digest = hash('sha256', key, 'base64');
    const value = this.entries.get(digest) ?? make();
    this.entries.delete(digest);
    this.entries.set(digest, value);
    if (this.entries.size > this.limit) this.entries.delete(this.entries.keys().next().value as string);
    return value;
  }
}
