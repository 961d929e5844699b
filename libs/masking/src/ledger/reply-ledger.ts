import type { MaskKind } from '../kinds/kinds';
import type { MaskingStatePort } from '../state/masking-state.port';
import type { MaskingScope } from '../tokens/key-ring';
import type { LedgerEntry, RestoredText } from './ledger-entry';

const PURPOSE = 'reply ledger';

/** A place as it is stored: kind, start, end, what was written, level. */
type StoredPlace = readonly [MaskKind, number, number, string, number];

interface StoredEntry {
  /** Seconds since the epoch. */
  readonly at: number;
  readonly places: readonly StoredPlace[];
}

/**
 * Remembers what the texts of replies were before they were restored, so that a conversation's history is masked to
 * the very bytes that the model wrote: providers check them and cache by them, and a detector would not find a value
 * that only its context had told. Holds neither texts nor values, only where in a text which token stood.
 */
export class ReplyLedger {
  /**
   * @param ttlSeconds how long an entry is kept after it was last of use, give or take half of it
   * @param now the time in milliseconds since the epoch
   */
  constructor(
    private readonly state: MaskingStatePort,
    private readonly ttlSeconds: number,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Looks texts up that a model is said to have written.
   *
   * @returns the entries of those that are remembered, by the text
   */
  async recall(scope: MaskingScope, texts: readonly string[]): Promise<ReadonlyMap<string, LedgerEntry>> {
    const asked = texts.filter((text) => text !== '');
    const recalled = new Map<string, LedgerEntry>();
    if (asked.length === 0) return recalled;
    const names = asked.map((text) => scope.digest(PURPOSE, text));
    const found = await this.state.get(names);
    const stale: RestoredText[] = [];
    asked.forEach((text, index) => {
      const sealed = found[index];
      const plain = sealed === undefined ? undefined : scope.open(sealed, names[index] as string);
      if (plain === undefined) return;
      const { at, places } = decode(plain);
      recalled.set(text, places);
      if (this.seconds() - at > this.ttlSeconds / 2) stale.push({ restored: text, places });
    });
    await this.remember(scope, stale);
    return recalled;
  }

  /** Remembers texts of a reply. A text that is remembered already is remembered as it was restored last. */
  async remember(scope: MaskingScope, texts: readonly RestoredText[]): Promise<void> {
    if (texts.length === 0) return;
    const at = this.seconds();
    const entries = texts.map(({ restored, places }) => {
      const name = scope.digest(PURPOSE, restored);
      return { name, value: scope.seal(encode({ at, places: places.map(toStored) }), name) };
    });
    await this.state.put(entries, this.ttlSeconds);
  }

  private seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}

function toStored({ kind, start, end, written, level = 0 }: LedgerEntry[number]): StoredPlace {
  return [kind, start, end, written, level];
}

function encode(entry: StoredEntry): Uint8Array {
  return Buffer.from(JSON.stringify(entry));
}

function decode(plain: Uint8Array): { at: number; places: LedgerEntry } {
  const { at, places } = JSON.parse(Buffer.from(plain).toString('utf8')) as StoredEntry;
  return { at, places: places.map(([kind, start, end, written, level]) => ({ kind, start, end, written, level })) };
}
