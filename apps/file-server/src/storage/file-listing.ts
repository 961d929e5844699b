import { lstat } from 'node:fs/promises';
import { Folder } from './folder';
import { FolderNames } from './folder-names';
import { ignoreMissing } from './storage-error';

export interface ListRequest {
  /** What the paths begin with; may end inside a name. */
  readonly prefix: string;
  readonly limit: number;
  /** The last path of the page before; undefined for the first page. */
  readonly after: string | undefined;
  /** When the first page was asked for: whatever was there by then is listed. See `listingTime`. */
  readonly startedAt: number;
}

export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  /** ISO 8601. */
  readonly modified_at: string;
}

export interface ListedPage {
  readonly files: readonly ListedFile[];
  /** Whether there are more behind the last one. */
  readonly more: boolean;
}

/** How many files are looked at together. */
const LOOKS_AT_ONCE = 64;

/**
 * Lists files in the order of their paths. Folders that cannot hold a wanted path are not read, so a page costs the
 * folders that it touches and not the whole tree. Links and other things that are no files are left out.
 */
export class FileListing {
  private readonly names = new FolderNames();

  constructor(private readonly base: string) {}

  async page(request: ListRequest): Promise<ListedPage> {
    const base = await Folder.open(this.base);
    try {
      const files: ListedFile[] = [];
      for await (const file of this.wanted(base, '', request)) {
        if (files.length === request.limit) return { files, more: true };
        files.push(file);
      }
      return { files, more: false };
    } finally {
      await base.close();
    }
  }

  /** @param path of the folder: empty, or with a slash at its end */
  private async *wanted(folder: Folder, path: string, request: ListRequest): AsyncGenerator<ListedFile> {
    const names = await this.names.of(folder, path, request.startedAt);
    const most = Math.min(LOOKS_AT_ONCE, request.limit + 1);
    let files: string[] = [];
    for (const name of wantedNames(names, path, request)) {
      const isFolder = name.endsWith('/');
      if (!isFolder) files.push(name);
      if (isFolder || files.length === most) {
        yield* await lookAt(folder, path, files);
        files = [];
      }
      if (isFolder) yield* this.inside(folder, path, name, request);
    }
    yield* await lookAt(folder, path, files);
  }

  private async *inside(parent: Folder, path: string, name: string, request: ListRequest): AsyncGenerator<ListedFile> {
    const folder = await parent.find(name.slice(0, -1));
    if (folder === undefined) return;
    try {
      yield* this.wanted(folder, path + name, request);
    } finally {
      await folder.close();
    }
  }
}

/** The names whose path may be wanted or may lead to one that is; of 100,000 names only those are looked at. */
function* wantedNames(names: readonly string[], path: string, { prefix, after }: ListRequest): Generator<string> {
  const wantedPrefix = prefix.slice(path.length);
  const behind = after?.startsWith(path) === true ? after.slice(path.length) : '';
  for (let at = firstFrom(names, later(entryOf(wantedPrefix), entryOf(behind))); at < names.length; at += 1) {
    const name = names[at] ?? '';
    if (!name.startsWith(wantedPrefix) && !wantedPrefix.startsWith(name)) return;
    const isFolder = name.endsWith('/');
    if (isFolder || (name > behind && name.startsWith(wantedPrefix))) yield name;
  }
}

/** The entry of a folder that a path inside it leads to: a folder's name with its slash, or the path itself. */
function entryOf(path: string): string {
  return path.slice(0, path.indexOf('/') + 1) || path;
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** Index of the first of some sorted names that is not before `wanted`. */
function firstFrom(names: readonly string[], wanted: string): number {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((names[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function lookAt(folder: Folder, path: string, names: readonly string[]): Promise<ListedFile[]> {
  const stats = await Promise.all(names.map((name) => lstat(folder.at(name)).catch(ignoreMissing)));
  return names.flatMap((name, at) => {
    const found = stats[at];
    if (found?.isFile() !== true) return [];
    return [{ path: path + name, bytes: found.size, modified_at: found.mtime.toISOString() }];
  });
}
