import { randomUUID } from 'node:crypto';
import { constants, createReadStream, type ReadStream } from 'node:fs';
import { link, mkdir, open, readFile, realpath, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { SallyportError } from '@sallyport/dialects';
import { INCOMING, parsePath } from './safe-path';
import { outside, storageError } from './storage-error';

/** `sync`: forced to disk before the answer. `async`: in place, and on disk when the operating system gets to it. */
export type WriteMode = 'async' | 'sync';

/** Files below one folder. A file appears whole or not at all, and is never replaced by another content. */
export class FileStore {
  private constructor(private readonly baseDir: string) {}

  /** @param baseDir created when missing */
  static async open(baseDir: string): Promise<FileStore> {
    await mkdir(join(baseDir, INCOMING), { recursive: true });
    return new FileStore(await realpath(baseDir));
  }

  /** Resolves when a file could be written now. */
  async probe(): Promise<void> {
    const path = this.incoming();
    const file = await open(path, 'wx');
    await file.close();
    await rm(path);
  }

  /**
   * Writes a file under a temporary name and links it to its own, which fails when that name is taken: a reader never
   * sees half a file and a writer never replaces one. Writing the same content again is no error.
   *
   * @returns whether the file is new
   * @throws SallyportError `invalid_request` for a path that is not allowed, `conflict` when the path has another
   * content already, `storage_full` or `unavailable` when the disk does not take it
   */
  async write(path: string, content: Buffer, mode: WriteMode): Promise<boolean> {
    const target = join(this.baseDir, ...parsePath(path));
    const temporary = this.incoming();
    try {
      const created = await mkdir(dirname(target), { recursive: true });
      await this.assertInside(dirname(target));
      await writeNew(temporary, content, mode);
      const isNew = await this.publish(temporary, target, content);
      if (mode === 'sync') await this.syncFolders(dirname(target), created);
      return isNew;
    } catch (error) {
      throw storageError(error);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /**
   * Opens a file for reading.
   *
   * @throws SallyportError `invalid_request` for a path that is not allowed, `not_found`
   */
  async read(path: string): Promise<{ stream: ReadStream; size: number }> {
    const target = join(this.baseDir, ...parsePath(path));
    let file: FileHandle | undefined;
    try {
      await this.assertInside(dirname(target));
      file = await open(target, constants.O_RDONLY | constants.O_NOFOLLOW);
      const { size } = await file.stat().then((found) => (found.isFile() ? found : Promise.reject(notFound())));
      return { stream: createReadStream('', { fd: file }), size };
    } catch (error) {
      await file?.close();
      const { code } = error as NodeJS.ErrnoException;
      throw code === 'ENOENT' || code === 'ENOTDIR' ? notFound() : storageError(error);
    }
  }

  private incoming(): string {
    return join(this.baseDir, INCOMING, randomUUID());
  }

  /** Symbolic links inside the base directory must not lead out of it. */
  private async assertInside(folder: string): Promise<void> {
    const real = await realpath(folder);
    if (real !== this.baseDir && !real.startsWith(this.baseDir + sep)) throw outside();
  }

  private async publish(temporary: string, target: string, content: Buffer): Promise<boolean> {
    try {
      await link(temporary, target);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if ((await stat(target)).size === content.length && content.equals(await readFile(target))) return false;
      throw new SallyportError('conflict', 'This path holds another content already', { param: 'path' });
    }
  }

  /** A name survives a power cut only when its folder is on disk too, up to the first folder that was not new. */
  private async syncFolders(folder: string, firstCreated: string | undefined): Promise<void> {
    const last = firstCreated === undefined ? folder : dirname(firstCreated);
    for (let current = folder; ; current = dirname(current)) {
      const handle = await open(current, 'r');
      await handle.sync().finally(() => handle.close());
      if (current === last) return;
    }
  }
}

async function writeNew(path: string, content: Buffer, mode: WriteMode): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    if (mode === 'sync') await file.sync();
  } finally {
    await file.close();
  }
}

function notFound(): SallyportError {
  return new SallyportError('not_found', 'There is no file at this path', { param: 'path' });
}
