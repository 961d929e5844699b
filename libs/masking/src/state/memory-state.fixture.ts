import type { MaskingStateEntry, MaskingStatePort } from './masking-state.port';

/** State in memory, that can be looked at. */
export class MemoryState implements MaskingStatePort {
  readonly kept = new Map<string, Uint8Array>();
  /** Lifetimes that were asked for, in seconds. */
  readonly lifetimes: number[] = [];

  get(names: readonly string[]): Promise<readonly (Uint8Array | undefined)[]> {
    return Promise.resolve(names.map((name) => this.kept.get(name)));
  }

  put(entries: readonly MaskingStateEntry[], ttlSeconds: number): Promise<void> {
    for (const { name, value } of entries) this.kept.set(name, value);
    this.lifetimes.push(ttlSeconds);
    return Promise.resolve();
  }

  /** Everything that the store sees, as text. */
  get seen(): string {
    return Array.from(this.kept, ([name, value]) => name + Buffer.from(value).toString('latin1')).join('\n');
  }
}
