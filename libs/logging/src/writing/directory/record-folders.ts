import { lstat, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { SallyportError } from '@sallyport/dialects';
import { codeOf } from './disk-error';

/**
 * Walks from `base` to a folder without following a symbolic link, and makes what is missing on the way.
 *
 * @param path folders to pass, outermost first, with slashes between and behind them
 * @param durable whether the folders must survive a power cut
 * @returns the folder
 * @throws SallyportError `unavailable` (retryable) when something that is no folder stands in the way
 */
export async function makeFolders(base: string, path: string, durable: boolean): Promise<string> {
  let folder = base;
  for (const name of namesOf(path)) {
    const parent = folder;
    folder = join(parent, name);
    if (!(await isFolder(folder))) {
      await mkdir(folder, { mode: 0o755 }).catch((error: unknown) => {
        // Another process made it meanwhile.
        if (codeOf(error) !== 'EEXIST') throw error;
      });
      if (!(await isFolder(folder))) throw notAFolder();
    }
    // Also when it was there: whoever made it may not have waited for the disk.
    if (durable) await syncFolder(parent);
  }
  return folder;
}

/**
 * Walks the same way to a folder that may be missing.
 *
 * @returns undefined when it is
 * @throws SallyportError as {@link makeFolders} does
 */
export async function findFolder(base: string, path: string): Promise<string | undefined> {
  let folder = base;
  for (const name of namesOf(path)) {
    folder = join(folder, name);
    if (!(await isFolder(folder))) return undefined;
  }
  return folder;
}

/** Whether a path that came from elsewhere stays below the folder that it is read from. */
export function staysInside(path: string): boolean {
  return !path.includes('\0') && path.split('/').every((name) => !['', '.', '..'].includes(name));
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

function namesOf(path: string): readonly string[] {
  return path.split('/').slice(0, -1);
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await lstat(path).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  if (stats !== undefined && !stats.isDirectory()) throw notAFolder();
  return stats !== undefined;
}

function notAFolder(): SallyportError {
  return new SallyportError('unavailable', 'Where a folder of records must be, there is a link or a file', {
    retryable: true,
  });
}
