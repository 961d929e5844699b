import type { MaskingStateEntry, MaskingStatePort } from '@sallyport/masking';

/** A store that shows what it was given, and fails on demand. */
export class OpenState implements MaskingStatePort {
  readonly kept = new Map<string, Uint8Array>();
  failure: Error | undefined;

  get(names: readonly string[]): Promise<readonly (Uint8Array | undefined)[]> {
    return this.failure === undefined
      ? Promise.resolve(names.map((name) => this.kept.get(name)))
      : Promise.reject(this.failure);
  }

  put(entries: readonly MaskingStateEntry[]): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    for (const { name, value } of entries) this.kept.set(name, value);
    return Promise.resolve();
  }
}
