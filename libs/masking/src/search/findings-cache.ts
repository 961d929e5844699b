import { hash } from 'node:crypto';
import type { Finding } from '../detectors/detector';

/** Below this length searching is about as fast as looking up. */
const SHORTEST_TEXT = 32;

/**
 * Remembers where something was found in a text, by the text's digest: neither the text nor what was found in it is
 * kept. The entry that was not used for the longest time goes first.
 */
export class FindingsCache {
  private readonly entries = new Map<string, readonly Finding[]>();

  /** @param limit most entries; 0 remembers nothing */
  constructor(private readonly limit: number) {}

  findings(text: string, search: () => readonly Finding[]): readonly Finding[] {
    if (text.length < SHORTEST_TEXT || this.limit === 0) return search();
    const key = hash('sha256', text, 'base64');
    const found = this.entries.get(key) ?? search();
    this.entries.delete(key);
    this.entries.set(key, found);
    if (this.entries.size > this.limit) this.entries.delete(this.entries.keys().next().value as string);
    return found;
  }
}
