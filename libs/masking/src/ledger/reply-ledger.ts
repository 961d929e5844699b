import type { MaskKind } from '../kinds/kinds';
import type { MaskingStatePort } from '../state/masking-state.port';
import { SealedState, type SealedPlace } from '../state/sealed-state';
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
  private readonly state: SealedState;

  /**
   * @param ttlSeconds how long an entry is kept after it was last of use, give or take half of it
   * @param now the time in milliseconds since the epoch
   */
  constructor(
    state: MaskingStatePort,
    private readonly ttlSeconds: number,
    private readonly now: () => number = Date.now,
  ) {
    this.state = new SealedState(state, ttlSeconds);
  }

  /**
   * Looks texts up that a model is said to have written.
   *
   * @returns the entries of those that are remembered, by the text
   */
  async recall(scope: MaskingScope, texts: readonly string[]): Promise<ReadonlyMap<string, LedgerEntry>> {
    const asked = texts.filter((text) => text !== '');
    const recalled = new Map<string, LedgerEntry>();
    if (asked.length === 0) return recalled;
    const entries = await this.state.load(asked.map((text) => placeOfText(scope, text)));
    const stale: RestoredText[] = [];
    asked.forEach((text, index) => {
      const entry = entries[index];
      if (entry === undefined) return;
      const { at, places } = decode(entry);
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
      const entry: StoredEntry = { at, places: places.map(toStored) };
      return [placeOfText(scope, restored), JSON.stringify(entry)] as const;
    });
    await this.state.save(entries);
  }

  private seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}

/** Bound to its name, which is a digest of the text. */
function placeOfText(scope: MaskingScope, text: string): SealedPlace {
  const name = scope.digest(PURPOSE, text);
  return { scope, name, context: name };
}

function toStored({ kind, start, end, written, level = 0 }: LedgerEntry[number]): StoredPlace {
  return [kind, start, end, written, level];
}

function decode(entry: string): { at: number; places: LedgerEntry } {
  const { at, places } = JSON.parse(entry) as StoredEntry;
  return { at, places: places.map(([kind, start, end, written, level]) => ({ kind, start, end, written, level })) };
}
