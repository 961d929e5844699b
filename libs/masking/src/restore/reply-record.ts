import type { TokenGrants } from '../grants/token-grants';
import type { RestoredPlace, RestoredText } from '../ledger/ledger-entry';
import { forEachString, JsonLiteral } from '../json/json-literal';
import { KnownValues } from '../search/known-values';
import { parseOrUndefined } from '../json/parse-or-undefined';
import { RestoreCounts } from './restore-counts';

interface ReplyRecordOptions {
  readonly grants: TokenGrants;
  readonly needsMemory: (text: string, name?: string) => boolean;
  readonly rememberedCharacters: number;
}

/** What became of one reply: what its tokens were replaced by, and what of it must be remembered. */
export class ReplyRecord {
  readonly counts = new RestoreCounts();
  readonly texts: RestoredText[] = [];
  private room: number;
  private known: KnownValues | undefined;

  constructor(private readonly options: ReplyRecordOptions) {
    this.room = options.rememberedCharacters;
  }

  /** @returns whether there is room for so many characters, which are then taken */
  reserve(length: number): boolean {
    if (length > this.room) return false;
    this.room -= length;
    return true;
  }

  /** Gives back room that was taken. */
  release(length: number): void {
    this.room += length;
  }

  /** Remembers a text as the client got it, if masking it would not give back what the model wrote. */
  remember(text: string, places: readonly RestoredPlace[], isJson: boolean): void {
    const tree = isJson ? parseOrUndefined(text) : undefined;
    if (tree === undefined) return this.rememberText(text, places);
    let next = 0;
    forEachString(text, tree, undefined, (span, name) => {
      const first = next;
      while (next < places.length && (places[next] as RestoredPlace).start < span.end) next += 1;
      const literal = new JsonLiteral(text, span);
      const inside = places.slice(first, next);
      this.rememberText(literal.decoded, inside.length === 0 ? inside : relocated(literal, inside), name);
    });
  }

  private rememberText(restored: string, places: readonly RestoredPlace[], name?: string): void {
    if (restored === '' || (places.length === 0 && !this.isMasked(restored, name))) return;
    if (this.reserve(restored.length)) this.texts.push({ restored, places });
  }

  private isMasked(text: string, name: string | undefined): boolean {
    return this.options.needsMemory(text, name) || this.knownValues.find(text).length > 0;
  }

  /** Values of the request that are masked wherever they stand alone. */
  private get knownValues(): KnownValues {
    if (this.known === undefined) {
      this.known = new KnownValues();
      for (const [, { kind, value }] of this.options.grants.entries()) this.known.learn(kind, value);
    }
    return this.known;
  }
}

/** The places in a JSON text as places in the string that one of its literals stands for. */
function relocated(literal: JsonLiteral, places: readonly RestoredPlace[]): RestoredPlace[] {
  let index = 0;
  const indexOf = (offset: number): number => {
    while (literal.offsetOf(index) < offset) index += 1;
    return index;
  };
  return places.map(({ start, end, level = 0, ...place }) => ({
    ...place,
    start: indexOf(start),
    end: indexOf(end),
    ...(level > 1 ? { level: level - 1 } : {}),
  }));
}
