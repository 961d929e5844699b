import type { RecordStore } from '../record-store.port';

/** Ways in which a place fails; the store must take every one for a failure that passes. */
export type Faults = Readonly<Record<string, () => void | Promise<void>>>;

/** A place for records as a test sees it, beside the store that it tests. */
export interface TestPlace {
  /** A store of its own, as after a restart. */
  open(options?: { readonly prefix?: string; readonly timeoutMs?: number }): RecordStore;
  /** What is in the place: path and text of each record. */
  records(): Promise<readonly (readonly [path: string, text: string])[]>;
  readonly faults: Faults;
  /** Ends every fault. */
  mend(): void | Promise<void>;
  /** Writes that reached the place, and the most of them at a time; undefined when nobody counts them. */
  readonly traffic?: { writes: number; active: number; most: number };
  stop(): Promise<void>;
}

export interface BucketOptions {
  readonly prefix?: string;
  readonly timeoutMs?: number;
  readonly objects?: 'record' | 'batch';
  readonly bucket?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
}

/** A bucket, of the double or of a real server. */
export interface BucketPlace extends TestPlace {
  /** The most that one page of a listing holds. */
  readonly keysPerPage: number;
  open(options?: BucketOptions): RecordStore;
  /** All of them, in their order. */
  keys(): Promise<readonly string[]>;
}
