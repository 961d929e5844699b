import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { INCOMING } from './safe-path';

export interface ListedFile {
  readonly path: string;
  readonly size: number;
  readonly modified_at: string;
}

export interface ListOptions {
  /** Only paths that begin with it. */
  readonly prefix: string;
  /** Only paths behind it; empty for the first page. */
  readonly after: string;
  readonly limit: number;
}

/**
 * Lists files in the order of their paths, reading only the folders that the page needs.
 *
 * @returns at most `limit` files
 */
export async function listFiles(baseDir: string, options: ListOptions): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  for await (const path of walk(baseDir, '', options)) {
    const found = await stat(join(baseDir, path)).catch(() => undefined);
    // Gone since its folder was read.
    if (found === undefined) continue;
    files.push({ path, size: found.size, modified_at: found.mtime.toISOString() });
    if (files.length === options.limit) break;
  }
  return files;
}

async function* walk(baseDir: string, folder: string, { prefix, after, limit }: ListOptions): AsyncGenerator<string> {
  const entries = await readdir(join(baseDir, folder), { withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => (entry.isDirectory() && folder + entry.name !== INCOMING) || entry.isFile())
    // With its slash a folder sorts where its files belong.
    .map((entry) => folder + entry.name + (entry.isDirectory() ? '/' : ''))
    .sort((a, b) => (a < b ? -1 : 1));
  for (const path of paths) {
    if (path.endsWith('/')) {
      const mayMatch = path.startsWith(prefix) || prefix.startsWith(path);
      const mayFollow = path > after || after.startsWith(path);
      if (mayMatch && mayFollow) yield* walk(baseDir, path, { prefix, after, limit });
    } else if (path.startsWith(prefix) && path > after) yield path;
  }
}
