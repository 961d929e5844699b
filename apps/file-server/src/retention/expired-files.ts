import type { Dirent } from 'node:fs';
import { lstat, opendir, readdir, rmdir, unlink } from 'node:fs/promises';
import { dayOfName, dayOfTime } from '../storage/day';
import { UNFINISHED_DIR } from '../storage/file-path';
import { Folder } from '../storage/folder';
import { codeOf, ignoreMissing } from '../storage/storage-error';

/** What a pass did in the folder of one day. */
export interface ExpiredDay {
  /** Path of the folder. */
  readonly folder: string;
  /** Files and bytes that were deleted. */
  readonly files: number;
  readonly bytes: number;
  /** Things that stayed: files that were written later than the folder's name says, links, and whatever is no file. */
  readonly kept: number;
  /** Whether the folder is gone. */
  readonly removed: boolean;
}

export interface ExpiryReport {
  /** Told of each day of which something was deleted. */
  deleted(day: ExpiredDay): void;
  failed(folder: string, error: unknown): void;
}

/**
 * Deletes what is in the folders of days before a limit: folders called `YYYY-MM-DD`, wherever they lie. A file goes only
 * when it was written before the limit too, so neither a wrong name nor a wrong clock at the time of the write deletes
 * it early. No link is followed or deleted. Works one step after the other, and leaves the disk to requests meanwhile.
 */
export class ExpiredFiles {
  /**
   * @param firstKept the first day that stays, in days since 1970
   * @param signal ends the work between two steps
   */
  constructor(
    private readonly firstKept: number,
    private readonly report: ExpiryReport,
    private readonly signal: AbortSignal,
  ) {}

  /** @param base path of the folder in which to look */
  async delete(base: string): Promise<void> {
    const folder = await Folder.open(base);
    await this.search(folder, '').finally(() => folder.close());
  }

  /** Looks for folders of days; what is in none belongs to somebody else and is left alone. */
  private async search(folder: Folder, path: string): Promise<void> {
    const entries = await readdir(folder.at(), { withFileTypes: true });
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      if (this.signal.aborted) return;
      if (path + name === UNFINISHED_DIR) continue;
      await this.inside(folder, name, path + name, async (inner) => {
        const day = dayOfName(name);
        if (day === undefined) await this.search(inner, `${path}${name}/`);
        else if (day < this.firstKept) await this.expire(folder, name, inner, path + name);
      });
    }
  }

  private async expire(parent: Folder, name: string, folder: Folder, path: string): Promise<void> {
    const tally = { files: 0, bytes: 0, kept: 0 };
    let removed = false;
    try {
      await this.empty(folder, path, tally);
      removed = await removeIfEmpty(parent.at(name));
    } finally {
      if (removed || tally.files > 0) this.report.deleted({ folder: path, ...tally, removed });
    }
  }

  private async empty(folder: Folder, path: string, tally: Tally): Promise<void> {
    // Read piece by piece: a day may hold more names than are good for the memory.
    for await (const entry of await opendir(folder.at())) {
      if (this.signal.aborted) return;
      if (entry.isDirectory()) await this.emptyInner(folder, path, entry, tally);
      else if (!(entry.isFile() && (await this.deleteOld(folder.at(entry.name), tally)))) tally.kept += 1;
    }
  }

  /** A folder inside goes with its day, unless it has a day of its own that stays. */
  private async emptyInner(folder: Folder, path: string, { name }: Dirent, tally: Tally): Promise<void> {
    if ((dayOfName(name) ?? -Infinity) >= this.firstKept) {
      tally.kept += 1;
      return;
    }
    await this.inside(folder, name, `${path}/${name}`, async (inner) => {
      await this.empty(inner, `${path}/${name}`, tally);
      await removeIfEmpty(folder.at(name));
    });
  }

  private async deleteOld(path: string, tally: Tally): Promise<boolean> {
    const stats = await lstat(path).catch(ignoreMissing);
    if (stats?.isFile() !== true || dayOfTime(stats.mtimeMs) >= this.firstKept) return false;
    await unlink(path);
    tally.files += 1;
    tally.bytes += stats.size;
    return true;
  }

  /** Does something in a folder; when that fails, the other folders still get their turn. */
  private async inside(
    parent: Folder,
    name: string,
    path: string,
    work: (folder: Folder) => Promise<void>,
  ): Promise<void> {
    try {
      const folder = await parent.find(name);
      if (folder !== undefined) await work(folder).finally(() => folder.close());
    } catch (error) {
      this.report.failed(path, error);
    }
  }
}

interface Tally {
  files: number;
  bytes: number;
  kept: number;
}

async function removeIfEmpty(path: string): Promise<boolean> {
  try {
    await rmdir(path);
    return true;
  } catch (error) {
    // Some systems say EEXIST of a folder that is not empty; another process may have removed it.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error))) throw error;
    return false;
  }
}
