import type { LedgerEntry } from '@sallyport/logging';

/** A file in the place of the records. */
export interface PlacedFile {
  /** Without `.json`. */
  readonly name: string;
  /** As {@link shortDigest} gives it; undefined when the content was not read. */
  readonly digest: string | undefined;
}

/** A record that a gateway accepted, and the file that is taken to be it. */
export interface AcceptedRecord {
  readonly name: string;
  readonly callId: string;
  readonly digest: string;
  /** Whether it was still in the outbox when its gateway was asked. */
  readonly waiting: boolean;
  file: PlacedFile | undefined;
  /** The next record with the same name. */
  readonly next: AcceptedRecord | undefined;
}

/** 16 of the 32 bytes of a SHA-256, a character each: a day may have a million records, and all are held at once. */
export function shortDigest(sha256: string): string {
  return Buffer.from(sha256, 'hex').toString('latin1', 0, 16);
}

/**
 * What was accepted on a day, and which file is which record. A record with the name N lies in the file N or, where
 * another one has that, in `N.{call id}`; so each file is given to one record that it may be, and is given to another
 * one when it has to make room (Kuhn's algorithm for matchings, one file at a time).
 *
 * Takes about 300 bytes for each record.
 */
export class DayRecords {
  private readonly byName = new Map<string, AcceptedRecord>();
  private count = 0;

  /** Different records; gateways that share an outbox tell of the same ones. */
  get size(): number {
    return this.count;
  }

  add({ name, callId, sha256, waiting }: LedgerEntry): void {
    const digest = shortDigest(sha256);
    for (const record of this.named(name)) if (record.callId === callId && record.digest === digest) return;
    const next = this.byName.get(name);
    this.byName.set(name, { name, callId, digest, waiting, file: undefined, next });
    this.count += 1;
  }

  /**
   * Gives a file to a record.
   *
   * @returns `twice` when all records that it may be have a file of their own, `unknown` when there are none
   */
  place(file: PlacedFile): 'placed' | 'twice' | 'unknown' {
    if (this.assign(file, new Set())) return 'placed';
    return this.candidates(file).length > 0 ? 'twice' : 'unknown';
  }

  *[Symbol.iterator](): IterableIterator<AcceptedRecord> {
    for (const first of this.byName.values()) yield* chain(first);
  }

  private assign(file: PlacedFile, seen: Set<AcceptedRecord>): boolean {
    for (const record of this.candidates(file)) {
      if (seen.has(record)) continue;
      seen.add(record);
      if (record.file !== undefined && !this.assign(record.file, seen)) continue;
      record.file = file;
      return true;
    }
    return false;
  }

  /** Records that a file may be, those with its content first. Names and call ids may hold dots. */
  private candidates({ name, digest }: PlacedFile): readonly AcceptedRecord[] {
    const found: AcceptedRecord[] = [];
    for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
      const callId = name.slice(dot + 1);
      for (const record of this.named(name.slice(0, dot))) if (record.callId === callId) found.push(record);
    }
    found.push(...this.named(name));
    if (digest === undefined || found.length < 2) return found;
    return [
      ...found.filter((record) => record.digest === digest),
      ...found.filter((record) => record.digest !== digest),
    ];
  }

  private *named(name: string): IterableIterator<AcceptedRecord> {
    yield* chain(this.byName.get(name));
  }
}

function* chain(first: AcceptedRecord | undefined): IterableIterator<AcceptedRecord> {
  for (let record = first; record !== undefined; record = record.next) yield record;
}
