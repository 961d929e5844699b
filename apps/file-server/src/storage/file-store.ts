import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, mkdir, open, readdir, realpath, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { listFiles, type FileListing, type ListRequest } from './file-listing';
import { parseFilePath, UNFINISHED_DIR } from './file-path';
import { findFolder, makeFolders, syncFolder } from './safe-folders';
import { codeOf, conflict, notFound, readError, writeError } from './storage-error';

/** `sync`: on disk when the write resolves. `async`: in place, and on disk when the operating system gets to it. */
export type WriteMode = 'async' | 'sync';

/** A file that is open for reading; whoever got it closes it. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly bytes: number;
}

const UNFINISHED_KEPT_MS = 3_600_000;

/**
 * Files in one folder that appear whole or not at all, are never replaced, and never lie outside it. The folder must
 * support hard links; local disks, block volumes and NFS do.
 */
export class FileStore {
  private constructor(
    private readonly base: string,
    private readonly unfinished: string,
  ) {}

  /**
   * Makes the folder when it is missing, and removes what a crash left unfinished there.
   *
   * @throws ConfigurationError when the folder cannot be made or written
   */
  static async open(baseDir: string): Promise<FileStore> {
    try {
      await mkdir(join(baseDir, UNFINISHED_DIR), { recursive: true });
      // From here on every link inside is refused; the folder itself may be reached over links.
      const base = await realpath(baseDir);
      const store = new FileStore(base, join(base, UNFINISHED_DIR));
      await store.removeUnfinished();
      await store.probe();
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
    const segments = parseFilePath(path);
    const name = segments.pop() ?? '';
    const unfinished = join(this.unfinished, randomUUID());
    try {
      const folder = await makeFolders(this.base, segments, mode === 'sync');
      await writeWhole(unfinished, content, mode);
      const created = await putInPlace(unfinished, join(folder, name));
      if (!created) await requireSame(join(folder, name), content, mode);
      if (mode === 'sync') await syncFolder(folder);
      return created;
    } catch (error) {
      throw writeError(error);
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  /** @throws SallyportError `not_found` when there is no such file, `invalid_request` when it is not a path */
  async read(path: string): Promise<OpenFile> {
    const segments = parseFilePath(path);
    const name = segments.pop() ?? '';
    try {
      return await openRegular(join(await findFolder(this.base, segments), name));
    } catch (error) {
      throw readError(error);
    }
  }

  /** One page of the files whose path begins with a prefix, in the order of their paths. */
  async list(request: ListRequest): Promise<FileListing> {
    try {
      return await listFiles(this.base, request);
    } catch (error) {
      throw readError(error);
    }
  }

  /**
   * Writes and removes a small file.
   *
   * @throws SallyportError `storage_full` or `unavailable` when that fails
   */
  async probe(): Promise<void> {
    const path = join(this.unfinished, randomUUID());
    try {
      await writeWhole(path, Buffer.from('probe'), 'async');
    } catch (error) {
      throw writeError(error);
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Only what is old: another server may work on the same folder while it is replaced by this one. */
  private async removeUnfinished(): Promise<void> {
    for (const name of await readdir(this.unfinished)) {
      const path = join(this.unfinished, name);
      const { mtimeMs } = await lstat(path);
      if (Date.now() - mtimeMs > UNFINISHED_KEPT_MS) await rm(path, { recursive: true, force: true });
    }
  }
}

async function writeWhole(path: string, content: Buffer, mode: WriteMode): Promise<void> {
  const handle = await open(path, 'wx', 0o644);
  try {
    await handle.writeFile(content);
    if (mode === 'sync') await handle.sync();
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

async function requireSame(path: string, content: Buffer, mode: WriteMode): Promise<void> {
  const file = await openRegular(path).catch((error: unknown) => {
    // A link or a folder has the name.
    throw error instanceof SallyportError || codeOf(error) === 'ELOOP' ? conflict() : error;
  });
  try {
    if (file.bytes !== content.length || !content.equals(await file.handle.readFile())) throw conflict();
    // An earlier asynchronous write may not have reached the disk.
    if (mode === 'sync') await file.handle.sync();
  } finally {
    await file.handle.close();
  }
}

async function openRegular(path: string): Promise<OpenFile> {
  // Without O_NONBLOCK the open of a pipe would wait for a writer.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw notFound();
    return { handle, bytes: stats.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
