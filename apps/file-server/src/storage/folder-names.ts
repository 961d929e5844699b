import { readdir } from 'node:fs/promises';
import { UNFINISHED_DIR } from './file-path';
import type { Folder } from './folder';

/** How long the names of a folder are kept for the pages that follow. */
const KEPT_MS = 10_000;

export interface KeptNamesLimits {
  /** Fewer names in a folder are read again faster than they are worth keeping. */
  readonly least: number;
  /** Names that are kept at the same time, of all folders: about 100 bytes of memory each. */
  readonly most: number;
}

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

  constructor(private readonly limits: KeptNamesLimits = { least: 1_000, most: 1_000_000 }) {}

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
    this.drop(path);
    if (names.length < this.limits.least || names.length > this.limits.most) return;
    for (const oldest of this.kept.keys()) {
      if (this.count() + names.length <= this.limits.most) break;
      this.drop(oldest);
    }
    const expiry = setTimeout(() => this.drop(path), KEPT_MS).unref();
    this.kept.set(path, { names, readAt, expiry });
  }

  private drop(path: string): void {
    clearTimeout(this.kept.get(path)?.expiry);
    this.kept.delete(path);
  }

  private count(): number {
    return [...this.kept.values()].reduce((sum, { names }) => sum + names.length, 0);
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
