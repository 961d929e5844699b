import { createHash, randomUUID } from 'node:crypto';
import { opendir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DirectoryStoreSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { LogEntry, StoredEntry } from '../../entry/log-entry';
import { placeRecord } from '../placing/place-record';
import { folderOf, pathsOf } from '../placing/record-path';
import { writeByDay } from '../placing/write-by-day';
import { refusal, writeEach } from '../placing/write-each';
import type { FoundRecord, RecordStore, WriteResult } from '../record-store.port';
import { diskError } from './disk-error';
import { findFolder, makeFolders, staysInside, syncFolder } from './record-folders';
import { checkFolder, openBase, type Base } from './store-base';
import { openRegular, putInPlace, withWholeFile } from './whole-file';

const CANNOT_READ = 'The folder of the records cannot be read';

/**
 * Keeps records in a folder, one file each. A file appears whole or not at all and is never replaced. The folder must
 * support hard links; local disks, block volumes and NFS do.
 */
export class DirectoryStore implements RecordStore {
  private opened: Promise<Base> | undefined;

  constructor(private readonly settings: DirectoryStoreSettings) {}

  async check(): Promise<void> {
    await checkFolder(this.settings);
  }

  write(_batchId: string, entries: readonly LogEntry[]): Promise<readonly WriteResult[]> {
    return writeByDay(entries, (date, ofDay) => this.writeDay(date, ofDay));
  }

  async holds({ stored: { path, bytes } }: StoredEntry): Promise<boolean> {
    if (!staysInside(path)) return false;
    try {
      const { dir } = await this.base();
      const folder = await findFolder(dir, `${dirname(path)}/`);
      const file = folder === undefined ? undefined : await openRegular(join(folder, basename(path)));
      await file?.handle.close();
      return file?.bytes === bytes;
    } catch (error) {
      throw diskError(CANNOT_READ, error);
    }
  }

  async *list(date: string): AsyncIterable<FoundRecord> {
    const prefix = folderOf(this.settings.pathPrefix, date);
    try {
      const folder = await findFolder((await this.base()).dir, prefix);
      if (folder === undefined) return;
      for await (const entry of await opendir(folder)) {
        if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
        const name = entry.name.slice(0, -'.json'.length);
        yield { path: `${prefix}${entry.name}`, name, sha256: () => sha256Of(join(folder, entry.name)) };
      }
    } catch (error) {
      throw diskError(CANNOT_READ, error);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Opened at the first use and again after a failure: the disk may be mounted late. */
  private base(): Promise<Base> {
    this.opened ??= openBase(this.settings).catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  private async writeDay(date: string, entries: readonly LogEntry[]): Promise<readonly WriteResult[]> {
    const { pathPrefix, mode } = this.settings;
    try {
      const base = await this.base();
      const folder = await makeFolders(base.dir, folderOf(pathPrefix, date), mode === 'sync');
      const results = await writeEach(entries, (entry) => this.writeOne(base, folder, entry));
      // Once for all of them: a record is only said to be in its place after that.
      if (mode === 'sync') await syncFolder(folder);
      return results;
    } catch (error) {
      const refused = refusal(writeError(error));
      return entries.map(() => refused);
    }
  }

  private async writeOne({ unfinished }: Base, folder: string, entry: LogEntry): Promise<WriteResult> {
    const { pathPrefix, mode } = this.settings;
    const content = Buffer.from(entry.json, 'utf8');
    const own = join(unfinished, randomUUID());
    try {
      return await withWholeFile(own, content, mode, () =>
        placeRecord(pathsOf(pathPrefix, entry), (path) => putInPlace(own, join(folder, basename(path)), content, mode)),
      );
    } catch (error) {
      throw writeError(error);
    }
  }
}

function writeError(error: unknown): unknown {
  return diskError('The record cannot be written to its folder', error);
}

async function sha256Of(path: string): Promise<string> {
  try {
    const file = await openRegular(path);
    if (file === undefined) throw new SallyportError('unavailable', 'The record is gone', { retryable: true });
    const hash = createHash('sha256');
    for await (const chunk of file.handle.createReadStream()) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch (error) {
    throw diskError(CANNOT_READ, error);
  }
}
