import { constants } from 'node:fs';
import { link, mkdir, open, realpath, type FileHandle } from 'node:fs/promises';
import { ConfigurationError } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { FileListing, type ListedPage, type ListRequest } from './file-listing';
import { parseFilePath } from './file-path';
import { FreeSpace } from './free-space';
import { SafeFolders } from './safe-folders';
import { codeOf, conflict, notFound, readError, writeError } from './storage-error';
import { UnfinishedFiles } from './unfinished-files';

/** `sync`: on disk when the write resolves. `async`: in place, and on disk when the operating system gets to it. */
export type WriteMode = 'async' | 'sync';

/** A file that is open for reading; whoever got it closes it. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly bytes: number;
  /** When its content was written, in nanoseconds since 1970. */
  readonly modifiedAt: bigint;
}

/**
 * Files in one folder that appear whole or not at all, are never replaced, and never lie outside it. The folder must
 * support hard links; local disks, block volumes and NFS do.
 */
export class FileStore {
  private readonly folders: SafeFolders;
  private readonly listing: FileListing;

  private constructor(
    /** The real path of the folder. */
    readonly base: string,
    private readonly unfinished: UnfinishedFiles,
    /** The space that is left for files. */
    readonly space: FreeSpace,
  ) {
    this.folders = new SafeFolders(base);
    this.listing = new FileListing(base);
  }

  /**
   * Makes the folder when it is missing, and removes what a crash left unfinished there.
   *
   * @param minFreeBytes what must stay free on the disk
   * @throws ConfigurationError when the folder cannot be made or written
   */
  static async open(baseDir: string, minFreeBytes: number): Promise<FileStore> {
    try {
      await mkdir(baseDir, { recursive: true });
      // From here on every link inside is refused; the folder itself may be reached over links.
      const base = await realpath(baseDir);
      const unfinished = await UnfinishedFiles.open(base);
      const store = new FileStore(base, unfinished, new FreeSpace(base, minFreeBytes));
      await unfinished.removeLeftOver();
      await store.folders.syncBase();
      await store.writeProbe();
      return store;
    } catch (error) {
      const reason = codeOf((error as Error).cause ?? error) || (error as Error).message;
      throw new ConfigurationError([`FILE_SERVER_DIR: ${baseDir} cannot be written (${reason})`]);
    }
  }

  /**
   * Stores a file.
   *
   * @returns whether it is new; false when it was there with the same content
   * @throws SallyportError `conflict` when the path holds other content, `invalid_request` when it is not a path,
   *   `storage_full` or `unavailable` (both retryable)
   */
  async write(path: string, content: Buffer, mode: WriteMode): Promise<boolean> {
    const folders = parseFilePath(path);
    const name = folders.pop() ?? '';
    const unfinished = this.unfinished.newPath();
    const durable = mode === 'sync';
    try {
      await this.space.take(content.length);
      await writeWhole(unfinished, content, durable);
      return await this.folders.makeAndUse(folders, durable, async (folder) => {
        const created = await putInPlace(unfinished, folder.at(name));
        if (!created) await requireSame(folder.at(name), content, durable);
        if (durable) await folder.sync();
        return created;
      });
    } catch (error) {
      throw writeError(error);
    } finally {
      await this.unfinished.remove(unfinished);
    }
  }

  /** @throws SallyportError `not_found` when there is no such file, `invalid_request` when it is not a path */
  async read(path: string): Promise<OpenFile> {
    const folders = parseFilePath(path);
    const name = folders.pop() ?? '';
    try {
      return await this.folders.use(folders, (folder) => openRegular(folder.at(name)));
    } catch (error) {
      throw readError(error);
    }
  }

  /** One page of the files whose path begins with a prefix, in the order of their paths. */
  async list(request: ListRequest): Promise<ListedPage> {
    try {
      return await this.listing.page(request);
    } catch (error) {
      throw readError(error);
    }
  }

  /**
   * Whether files can be stored now: there is space, and a small file can be written and removed.
   *
   * @throws SallyportError `storage_full` or `unavailable` when that fails
   */
  async probe(): Promise<void> {
    try {
      await this.space.take(0);
      await this.writeProbe();
    } catch (error) {
      throw writeError(error);
    }
  }

  /** Removes what crashes left behind, of this process's predecessors and of other ones. */
  removeLeftOver(): Promise<void> {
    return this.unfinished.removeLeftOver();
  }

  private async writeProbe(): Promise<void> {
    const path = this.unfinished.newPath();
    try {
      await writeWhole(path, Buffer.from('probe'), false);
    } finally {
      await this.unfinished.remove(path);
    }
  }
}

async function writeWhole(path: string, content: Buffer, durable: boolean): Promise<void> {
  const handle = await open(path, 'wx', 0o644);
  try {
    await handle.writeFile(content);
    if (durable) await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives a whole file its name. Unlike a rename, a link never replaces what has that name already. */
async function putInPlace(unfinished: string, path: string): Promise<boolean> {
  try {
    await link(unfinished, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function requireSame(path: string, content: Buffer, durable: boolean): Promise<void> {
  const file = await openRegular(path).catch((error: unknown) => {
    // A link or a folder has the name.
    throw error instanceof SallyportError || codeOf(error) === 'ELOOP' ? conflict() : error;
  });
  try {
    if (file.bytes !== content.length || !content.equals(await file.handle.readFile())) throw conflict();
    // An earlier asynchronous write may not have reached the disk.
    if (durable) await file.handle.sync();
  } finally {
    await file.handle.close();
  }
}

async function openRegular(path: string): Promise<OpenFile> {
  // Without O_NONBLOCK the open of a pipe would wait for a writer.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) throw notFound();
    return { handle, bytes: Number(stats.size), modifiedAt: stats.mtimeNs };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
