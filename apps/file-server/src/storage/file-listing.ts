import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UNFINISHED_DIR } from './file-path';
import { codeOf } from './storage-error';

export interface ListRequest {
  /** What the paths begin with; may end inside a name. */
  readonly prefix: string;
  readonly limit: number;
  /** The last path of the page before; undefined for the first page. */
  readonly after: string | undefined;
}

export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  /** ISO 8601. */
  readonly modified_at: string;
}

export interface FileListing {
  readonly files: readonly ListedFile[];
  /** Whether there are more behind the last one. */
  readonly more: boolean;
}

/**
 * Lists files in the order of their paths. Folders that cannot hold a wanted path are not read, so a page costs the
 * folders that it touches and not the whole tree. Links and other things that are no files are left out.
 */
export async function listFiles(base: string, request: ListRequest): Promise<FileListing> {
  const files: ListedFile[] = [];
  for await (const path of wantedPaths(base, '', request)) {
    if (files.length === request.limit) return { files, more: true };
    const stats = await lstat(join(base, path)).catch(ignoreMissing);
    if (stats?.isFile()) files.push({ path, bytes: stats.size, modified_at: stats.mtime.toISOString() });
  }
  return { files, more: false };
}

/** @param folder empty, or a path that ends with a slash */
async function* wantedPaths(base: string, folder: string, request: ListRequest): AsyncGenerator<string> {
  const entries = (await readdir(join(base, folder), { withFileTypes: true }).catch(ignoreMissing)) ?? [];
  // With its slash a folder stands where its files belong among the paths.
  const paths = entries.filter(isListed).map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`);
  for (const path of paths.sort(byCodeUnits)) {
    if (!path.endsWith('/')) {
      if (path.startsWith(request.prefix) && isAfter(path, request.after)) yield path;
    } else if (mayHold(path, request)) {
      yield* wantedPaths(base, path, request);
    }
  }

  function isListed(entry: Dirent): boolean {
    return (entry.isFile() || entry.isDirectory()) && `${folder}${entry.name}` !== UNFINISHED_DIR;
  }
}

function mayHold(folder: string, { prefix, after }: ListRequest): boolean {
  const inPrefix = folder.startsWith(prefix) || prefix.startsWith(folder);
  return inPrefix && (isAfter(folder, after) || after?.startsWith(folder) === true);
}

function isAfter(path: string, after: string | undefined): boolean {
  return after === undefined || path > after;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** A folder or file that vanished while the list was made is not listed. */
function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
}
