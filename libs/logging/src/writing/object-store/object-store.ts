import { createHash } from 'node:crypto';
import type { ObjectStoreSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { LogEntry, StoredEntry } from '../../entry/log-entry';
import { safeName } from '../../entry/safe-name';
import { placeRecord, type Placed } from '../placing/place-record';
import { folderOf, pathsOf } from '../placing/record-path';
import { writeByDay } from '../placing/write-by-day';
import { refusal, writeEach } from '../placing/write-each';
import type { FoundRecord, RecordStore, WriteResult } from '../record-store.port';
import { BATCH_ENDING, digestOf, isLine, packBatch, unpackBatch } from './batch-object';
import { ObjectClient, type NewObject } from './object-client';
import { checkError, objectError } from './object-error';

/** What stands behind the prefix in the key of the object that {@link ObjectStore.check} leaves. */
const PROBE = '.sallyport-check';

/** Keeps records in a bucket: an object for each, or one gzipped NDJSON object for each batch and day. */
export class ObjectStore implements RecordStore {
  private readonly client: ObjectClient;

  constructor(private readonly settings: ObjectStoreSettings) {
    this.client = new ObjectClient(settings);
  }

  async check(): Promise<void> {
    try {
      await this.client.list(this.settings.pathPrefix, undefined, 1);
      await this.probe();
    } catch (error) {
      throw checkError(error);
    }
  }

  async write(batchId: string, entries: readonly LogEntry[]): Promise<readonly WriteResult[]> {
    if (this.settings.objects === 'record') return this.writeRecords(entries);
    const single = entries.filter((entry) => !isLine(entry));
    const written = await this.writeRecords(single);
    const results = await writeByDay(entries.filter(isLine), (date, ofDay) => this.writeBatch(batchId, date, ofDay));
    const [ofSingle, ofBatch] = [written.values(), results.values()];
    return entries.flatMap((entry) => (isLine(entry) ? ofBatch : ofSingle).next().value ?? []);
  }

  async holds({ stored: { path, bytes, sha256 } }: StoredEntry): Promise<boolean> {
    try {
      const facts = await this.client.facts(path);
      if (facts === undefined) {
        await this.confirmAbsence(path);
        return false;
      }
      if (!path.endsWith(BATCH_ENDING)) return facts.bytes === bytes;
      for await (const record of unpackBatch(path, await this.client.read(path))) {
        if ((await record.sha256()) === sha256) return true;
      }
      return false;
    } catch (error) {
      throw listError(error);
    }
  }

  async *list(date: string): AsyncIterable<FoundRecord> {
    const prefix = folderOf(this.settings.pathPrefix, date);
    try {
      let after: string | undefined;
      do {
        const page = await this.client.list(prefix, after);
        for (const key of page.keys) yield* this.recordsOf(prefix, key);
        after = page.next;
      } while (after !== undefined);
    } catch (error) {
      throw listError(error);
    }
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async probe(): Promise<void> {
    const body = Buffer.from('{}');
    const sha256 = digestOf(body);
    const key = `${this.settings.pathPrefix}${PROBE}`;
    const probe = { key, body, contentType: 'application/json', sha256 };
    // The second one must be refused, as otherwise a record could replace another one.
    if ((await this.client.create(probe)) && (await this.client.create(probe))) {
      throw new SallyportError('upstream_failed', 'LOG_S3_ENDPOINT: the object store replaces objects (If-None-Match)');
    }
    // What comes again is known by its digest, and would be kept a second time without it.
    if ((await this.client.facts(key))?.sha256 !== sha256) {
      throw new SallyportError('upstream_failed', 'LOG_S3_ENDPOINT: the object store does not keep x-amz-meta-sha256');
    }
  }

  private async *recordsOf(prefix: string, key: string): AsyncGenerator<FoundRecord> {
    const file = key.slice(prefix.length);
    if (file.endsWith(BATCH_ENDING)) yield* unpackBatch(key, await this.client.read(key));
    const name = /^([^/]+)\.json$/.exec(file)?.[1];
    if (name !== undefined) yield { path: key, name, sha256: () => this.sha256Of(key) };
  }

  /**
   * The answer that there is no such object gives no reason: the bucket may be missing, or something else than the
   * object store have answered. A listing tells these apart.
   */
  private async confirmAbsence(path: string): Promise<void> {
    const { keys } = await this.client.list(path, undefined, 1);
    if (!keys.includes(path)) return;
    throw new SallyportError('conflict', 'The object was made while it was asked for', { retryable: true });
  }

  private writeRecords(entries: readonly LogEntry[]): Promise<readonly WriteResult[]> {
    return writeEach(entries, (entry) => {
      const body = Buffer.from(entry.json, 'utf8');
      const object = { body, contentType: 'application/json', sha256: digestOf(body) };
      return placeRecord(pathsOf(this.settings.pathPrefix, entry), (key) => this.place({ key, ...object }));
    });
  }

  /**
   * All records of a day in one object. Should an object of that name hold others, the digest of the lines is put into
   * the name too.
   */
  private async writeBatch(
    batchId: string,
    date: string,
    entries: readonly LogEntry[],
  ): Promise<readonly WriteResult[]> {
    try {
      const { body, sha256 } = await packBatch(entries);
      const name = `${folderOf(this.settings.pathPrefix, date)}${safeName(batchId)}`;
      const keys = [`${name}${BATCH_ENDING}`, `${name}.${sha256.slice(0, 32)}${BATCH_ENDING}`] as const;
      const placed = await placeRecord(keys, (key) =>
        this.place({ key, body, contentType: 'application/x-ndjson', sha256 }),
      );
      const result = { path: placed.path, outcome: placed.outcome === 'present' ? 'present' : 'written' } as const;
      return entries.map(() => result);
    } catch (error) {
      const refused = refusal(objectError(error));
      return entries.map(() => refused);
    }
  }

  private async place(object: NewObject): Promise<Placed> {
    try {
      if (await this.client.create(object)) return 'created';
      const facts = await this.client.facts(object.key);
      if (facts === undefined) {
        throw new SallyportError('conflict', 'The object was removed while it was written', { retryable: true });
      }
      return facts.sha256 === object.sha256 ? 'present' : 'taken';
    } catch (error) {
      throw objectError(error);
    }
  }

  private async sha256Of(key: string): Promise<string> {
    try {
      const hash = createHash('sha256');
      for await (const chunk of await this.client.read(key)) hash.update(chunk as Buffer);
      return hash.digest('hex');
    } catch (error) {
      throw listError(error);
    }
  }
}

function listError(error: unknown): SallyportError {
  const { message } = objectError(error);
  return new SallyportError('upstream_failed', message, { retryable: true, cause: error });
}
