import { constants, existsSync, readlinkSync } from 'node:fs';
import { lstat, mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { SallyportError } from '@sallyport/dialects';
import { codeOf, conflict, ignoreMissing } from './storage-error';

/**
 * Where the kernel shows the open files of a process, a path can begin at an open folder. What is named so lies in that
 * very folder, even when somebody puts a symbolic link into its place meanwhile. Elsewhere the path is all there is.
 */
const OPEN_FILES = existsSync('/proc/self/fd') ? '/proc/self/fd' : undefined;

/** An open folder; whoever got it closes it. */
export class Folder {
  private constructor(
    private readonly handle: FileHandle,
    private readonly path: string,
  ) {}

  /** Opens a folder; the last name of `path` is not followed when it is a symbolic link. */
  static async open(path: string): Promise<Folder> {
    const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
    const handle = await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    return new Folder(handle, OPEN_FILES === undefined ? path : `${OPEN_FILES}/${handle.fd}`);
  }

  /** Path of something inside, good as long as the folder is open; of the folder itself when `name` is empty. */
  at(name = ''): string {
    return join(this.path, name);
  }

  /** As {@link Folder.open}; undefined when there is no such folder, or something else, such as a symbolic link. */
  static async openIfThere(path: string): Promise<Folder | undefined> {
    try {
      return await Folder.open(path);
    } catch (error) {
      if (NO_FOLDER.has(codeOf(error))) return undefined;
      throw error;
    }
  }

  /** Opens a folder inside; undefined when there is none of that name, or something else, such as a symbolic link. */
  find(name: string): Promise<Folder | undefined> {
    return Folder.openIfThere(this.at(name));
  }

  /**
   * Opens a folder inside, which is made when it is missing.
   *
   * @throws SallyportError `invalid_request` at a symbolic link, `conflict` at a file
   */
  async make(name: string): Promise<Folder> {
    const found = await this.find(name);
    if (found !== undefined) return found;
    await mkdir(this.at(name), { mode: 0o755 }).catch((error: unknown) => {
      // Another request made it meanwhile, or something else has the name.
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    const made = await this.find(name);
    if (made === undefined) throw await this.refusal(name);
    return made;
  }

  /** Whether the kernel says that this folder lies at a real path; false where that cannot be told. */
  isAt(realPath: string): boolean {
    return OPEN_FILES !== undefined && readlinkSync(this.path) === realPath;
  }

  /** Makes the names inside survive a power cut. */
  sync(): Promise<void> {
    return this.handle.sync();
  }

  /** Tells this folder from another one that gets its path later. */
  async identity(): Promise<string> {
    const { dev, ino, birthtimeNs } = await this.handle.stat({ bigint: true });
    return `${dev}:${ino}:${birthtimeNs}`;
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private async refusal(name: string): Promise<SallyportError> {
    const stats = await lstat(this.at(name)).catch(ignoreMissing);
    if (stats?.isSymbolicLink() === true) {
      return new SallyportError('invalid_request', 'path leads over a symbolic link', { param: 'path' });
    }
    if (stats?.isFile() === true) return conflict();
    return new SallyportError('unavailable', 'The folder changed meanwhile', { retryable: true });
  }
}

const NO_FOLDER: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);
