import type { MaskingStateEntry } from '@sallyport/masking';
import type { MaskingStateStore } from './masking-state-store';

interface KeptValue {
  readonly value: Uint8Array;
  readonly expiresAt: number;
}

/** What an entry costs besides its name and value, as a rough figure. */
const ENTRY_BYTES = 128;

/** Masking state of one process, lost when it ends. Over its limit the entry that was not used for longest goes. */
export class InProcessMaskingState implements MaskingStateStore {
  private readonly entries = new Map<string, KeptValue>();
  private bytes = 0;

  /** @param now a clock in milliseconds that never goes back */
  constructor(
    private readonly maxBytes: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get(names: readonly string[]): Promise<readonly (Uint8Array | undefined)[]> {
    return Promise.resolve(names.map((name) => this.take(name)));
  }

  put(entries: readonly MaskingStateEntry[], ttlSeconds: number): Promise<void> {
    const expiresAt = this.now() + ttlSeconds * 1000;
    for (const { name, value } of entries) {
      this.remove(name);
      this.entries.set(name, { value, expiresAt });
      this.bytes += sizeOf(name, value);
    }
    for (const name of this.entries.keys()) {
      if (this.bytes <= this.maxBytes) break;
      this.remove(name);
    }
    return Promise.resolve();
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private take(name: string): Uint8Array | undefined {
    const kept = this.entries.get(name);
    if (kept === undefined) return undefined;
    if (kept.expiresAt <= this.now()) {
      this.remove(name);
      return undefined;
    }
    this.entries.delete(name);
    this.entries.set(name, kept);
    return kept.value;
  }

  private remove(name: string): void {
    const kept = this.entries.get(name);
    if (kept === undefined) return;
    this.entries.delete(name);
    this.bytes -= sizeOf(name, kept.value);
  }
}

function sizeOf(name: string, value: Uint8Array): number {
  return ENTRY_BYTES + name.length + value.length;
}
