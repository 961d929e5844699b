import { readdir } from 'node:fs/promises';
import { UNFINISHED_DIR } from './file-path';
import type { Folder } from './folder';

/** How long the names of a folder are kept for the pages that follow. */
const KEPT_MS = 10_000;
/** Fewer names are read again faster than they are worth keeping. */
const MIN_KEPT = 1_000;
/** Names that are kept at the same time, of all folders: about 100 bytes of memory each. */
const MAX_KEPT = 1_000_000;

interface KeptNames {
  readonly names: readonly string[];
  readonly readAt: number;
  readonly expiry: NodeJS.Timeout;
}

/** A time that orders listings and the reading of folders, in microseconds since 1970. */
export function listingTime(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1_000);
}

/**
 * The files and folders in a folder, sorted. Reading a folder with 100,000 of them takes a hundred times longer than a
 * page is worth, so they are kept for a short while, for the further pages of listings that began before they were read.
 */
export class FolderNames {
  private readonly kept = new Map<string, KeptNames>();
  private count = 0;

  /**
   * @param path of the folder: empty, or with a slash at its end
   * @param startedAt when the listing began
   * @returns names by UTF-16 code units; those of folders with a slash, as they then stand where their files belong
   */
  async of(folder: Folder, path: string, startedAt: number): Promise<readonly string[]> {
    const kept = this.kept.get(path);
    if (kept !== undefined && kept.readAt >= startedAt) return kept.names;
    const readAt = listingTime();
    const names = await namesIn(folder, path);
    this.keep(path, names, readAt);
    return names;
  }

  private keep(path: string, names: readonly string[], readAt: number): void {
    const known = this.kept.get(path);
    if (names.length < MIN_KEPT || names.length > MAX_KEPT || (known !== undefined && known.readAt > readAt)) return;
    this.drop(path);
    for (const oldest of this.kept.keys()) {
      if (this.count + names.length <= MAX_KEPT) break;
      this.drop(oldest);
    }
    const expiry = setTimeout(() => this.drop(path), KEPT_MS).unref();
    this.kept.set(path, { names, readAt, expiry });
    this.count += names.length;
  }

  private drop(path: string): void {
    const dropped = this.kept.get(path);
    if (dropped === undefined) return;
    clearTimeout(dropped.expiry);
    this.kept.delete(path);
    this.count -= dropped.names.length;
  }
}

async function namesIn(folder: Folder, path: string): Promise<string[]> {
  const entries = await readdir(folder.at(), { withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.isFile()) names.push(entry.name);
    else if (entry.isDirectory() && path + entry.name !== UNFINISHED_DIR) names.push(`${entry.name}/`);
  }
  return names.sort();
}
