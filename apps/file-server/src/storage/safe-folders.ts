import { dirname, join } from 'node:path';
import { Folder } from './folder';
import { codeOf, notFound } from './storage-error';

/** The way to the folder of a file, on which no symbolic link is followed. */
export class SafeFolders {
  /** Identity of the folders, by path, whose name in the folder above is on disk. */
  private readonly durable = new Map<string, string>();

  /**
   * @param base where every way begins
   * @param mostRemembered folders that are remembered as durable; a day needs one or two
   */
  constructor(
    private readonly base: string,
    private readonly mostRemembered = 10_000,
  ) {}

  /**
   * Runs `work` in a folder, which is made when it is missing.
   *
   * @param names folders to pass, outermost first
   * @param durable whether the folders must survive a power cut, also those that were there already: an asynchronous
   *   write may have made them
   * @throws SallyportError `invalid_request` at a symbolic link, `conflict` at a file
   */
  async makeAndUse<T>(names: readonly string[], durable: boolean, work: (folder: Folder) => Promise<T>): Promise<T> {
    const known = await this.openKnown(names, durable);
    if (known !== undefined) return work(known).finally(() => known.close());
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
  async use<T>(names: readonly string[], work: (folder: Folder) => Promise<T>): Promise<T> {
    const known = await this.openKnown(names, false);
    if (known !== undefined) return work(known).finally(() => known.close());
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

  /**
   * Opens a folder in one step, for when it is there and no link lies on the way.
   *
   * @param durable whether it must be known to be on disk with all folders above it
   */
  private async openKnown(names: readonly string[], durable: boolean): Promise<Folder | undefined> {
    const path = join(this.base, ...names);
    const folder = await Folder.openIfThere(path);
    if (folder === undefined) return undefined;
    let known = false;
    try {
      known = folder.isAt(path) && (!durable || (await this.isDurable(folder, names.join('/'))));
    } finally {
      if (!known) await folder.close();
    }
    return known ? folder : undefined;
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

  /** A folder is remembered after all those above it, and cannot leave them without becoming another one. */
  private async isDurable(folder: Folder, path: string): Promise<boolean> {
    return path === '' || this.durable.get(path) === (await folder.identity());
  }

  private async makeDurable(parent: Folder, folder: Folder, path: string): Promise<void> {
    if (await this.isDurable(folder, path)) return;
    await parent.sync();
    this.durable.set(path, await folder.identity());
    const [oldest] = this.durable.keys();
    if (this.durable.size > this.mostRemembered && oldest !== undefined) this.durable.delete(oldest);
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
