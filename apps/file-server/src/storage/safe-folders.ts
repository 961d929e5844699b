import { dirname } from 'node:path';
import { Folder } from './folder';
import { codeOf, notFound } from './storage-error';

/** Folders that are remembered as durable; a day needs one or two. */
const MAX_REMEMBERED = 10_000;

/** The way to the folder of a file, on which no symbolic link is followed. */
export class SafeFolders {
  /** Identity of the folders, by path, whose name in the folder above is on disk. */
  private readonly durable = new Map<string, string>();

  /** @param base where every way begins */
  constructor(private readonly base: string) {}

  /**
   * Runs `work` in a folder, which is made when it is missing.
   *
   * @param names folders to pass, outermost first
   * @param durable whether the folders must survive a power cut, also those that were there already: an asynchronous
   *   write may have made them
   * @throws SallyportError `invalid_request` at a symbolic link, `conflict` at a file
   */
  makeAndUse<T>(names: readonly string[], durable: boolean, work: (folder: Folder) => Promise<T>): Promise<T> {
    return this.walk(names, work, async (parent, name, path) => {
      const folder = await parent.make(name);
      try {
        if (durable) await this.makeDurable(parent, folder, path);
        return folder;
      } catch (error) {
        await folder.close();
        throw error;
      }
    });
  }

  /**
   * Runs `work` in a folder that exists.
   *
   * @throws SallyportError `not_found` when there is no such folder, or a symbolic link on the way
   */
  use<T>(names: readonly string[], work: (folder: Folder) => Promise<T>): Promise<T> {
    return this.walk(names, work, async (parent, name) => {
      const folder = await parent.find(name);
      if (folder === undefined) throw notFound();
      return folder;
    });
  }

  /** Makes the base folder itself survive a power cut. */
  async syncBase(): Promise<void> {
    for (let path = this.base; ; path = dirname(path)) {
      await syncIfOurs(path);
      if (path === dirname(path)) return;
    }
  }

  private async walk<T>(
    names: readonly string[],
    work: (folder: Folder) => Promise<T>,
    step: (parent: Folder, name: string, path: string) => Promise<Folder>,
  ): Promise<T> {
    let folder = await Folder.open(this.base);
    try {
      for (const [at, name] of names.entries()) {
        const parent = folder;
        folder = await step(parent, name, names.slice(0, at + 1).join('/'));
        await parent.close();
      }
      return await work(folder);
    } finally {
      await folder.close();
    }
  }

  private async makeDurable(parent: Folder, folder: Folder, path: string): Promise<void> {
    const identity = await folder.identity();
    if (this.durable.get(path) === identity) return;
    await parent.sync();
    this.durable.set(path, identity);
    const [oldest] = this.durable.keys();
    if (this.durable.size > MAX_REMEMBERED && oldest !== undefined) this.durable.delete(oldest);
  }
}

async function syncIfOurs(path: string): Promise<void> {
  try {
    const folder = await Folder.open(path);
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    // A folder that may not be opened or synced was not made by this process.
    if (!['EACCES', 'EPERM', 'EROFS', 'EINVAL'].includes(codeOf(error))) throw error;
  }
}
