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
 * Takes about 400 bytes for each record.
 */
export class DayRecords {
  /** The latest record of each name; the others follow it. */
  private readonly byName = new Map<string, AcceptedRecord>();
  /** By their second file name, those whose name others have too; some upstreams repeat one id all day. */
  private readonly besides = new Map<string, AcceptedRecord[]>();
  private count = 0;

  /** Different records; gateways that share an outbox tell of the same ones. */
  get size(): number {
    return this.count;
  }

  add({ name, callId, sha256, waiting }: LedgerEntry): void {
    const digest = shortDigest(sha256);
    const next = this.byName.get(name);
    const alike = this.inFileBeside(`${name}.${callId}`);
    if (alike.some((record) => record.name === name && record.digest === digest)) return;
    const record = { name, callId, digest, waiting, file: undefined, next };
    this.byName.set(name, record);
    this.count += 1;
    if (next === undefined) return;
    if (next.next === undefined) this.addBeside(next);
    this.addBeside(record);
  }

  /** Whether several records have this name. Their file is best given away last, when the others have theirs. */
  isShared(name: string): boolean {
    return this.byName.get(name)?.next !== undefined;
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
    const candidates = this.candidates(file).filter((record) => !seen.has(record));
    const free = candidates.find((record) => record.file === undefined);
    if (free !== undefined) {
      free.file = file;
      return true;
    }
    for (const record of candidates) {
      if (seen.has(record)) continue;
      seen.add(record);
      if (record.file === undefined || !this.assign(record.file, seen)) continue;
      record.file = file;
      return true;
    }
    return false;
  }

  /** Records that a file may be, those with its content first. */
  private candidates({ name, digest }: PlacedFile): readonly AcceptedRecord[] {
    const found = [...this.inFileBeside(name), ...chain(this.byName.get(name))];
    if (digest === undefined || found.length < 2) return found;
    return [
      ...found.filter((record) => record.digest === digest),
      ...found.filter((record) => record.digest !== digest),
    ];
  }

  /** Records whose second file name this is. Names and call ids may hold dots. */
  private inFileBeside(file: string): AcceptedRecord[] {
    const found = [...(this.besides.get(file) ?? [])];
    for (let dot = file.indexOf('.'); dot !== -1; dot = file.indexOf('.', dot + 1)) {
      const record = this.byName.get(file.slice(0, dot));
      const isAlone = record !== undefined && record.next === undefined;
      if (isAlone && record.callId === file.slice(dot + 1)) found.push(record);
    }
    return found;
  }

  private addBeside(record: AcceptedRecord): void {
    const file = `${record.name}.${record.callId}`;
    this.besides.set(file, [...(this.besides.get(file) ?? []), record]);
  }
}

function* chain(first: AcceptedRecord | undefined): IterableIterator<AcceptedRecord> {
  for (let record = first; record !== undefined; record = record.next) yield record;
}
