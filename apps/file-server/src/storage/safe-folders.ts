import { lstat, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { SallyportError } from '@sallyport/dialects';
import { codeOf, conflict, notFound } from './storage-error';

/**
 * Walks from `base` to the folder of a file without following a symbolic link, and makes folders that are missing.
 *
 * @param names folders to pass, outermost first
 * @param durable whether new folders must survive a power cut
 * @throws SallyportError `invalid_request` at a symbolic link, `conflict` at a file
 */
export async function makeFolders(base: string, names: readonly string[], durable: boolean): Promise<string> {
  let folder = base;
  for (const name of names) {
    const parent = folder;
    folder = join(parent, name);
    if ((await kindOf(folder)) !== 'missing') continue;
    await mkdir(folder, { mode: 0o755 }).catch((error: unknown) => {
      // Another request made it meanwhile.
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    if (durable) await syncFolder(parent);
    if ((await kindOf(folder)) === 'missing') throw notFound();
  }
  return folder;
}

/**
 * Walks the same way to a file that exists.
 *
 * @throws SallyportError `not_found` when there is no such folder, or a symbolic link on the way
 */
export async function findFolder(base: string, names: readonly string[]): Promise<string> {
  let folder = base;
  for (const name of names) {
    folder = join(folder, name);
    const stats = await lstat(folder);
    if (!stats.isDirectory()) throw notFound();
  }
  return folder;
}

/** Makes the names inside a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function kindOf(folder: string): Promise<'folder' | 'missing'> {
  try {
    const stats = await lstat(folder);
    if (stats.isDirectory()) return 'folder';
    if (stats.isSymbolicLink()) {
      throw new SallyportError('invalid_request', 'path leads over a symbolic link', { param: 'path' });
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'missing';
    throw error;
  }
  throw conflict();
}
