import { randomUUID } from 'node:crypto';
import { link, lstat, mkdir, open, readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DirectoryStoreSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { codeOf, diskError } from './disk-error';

/** Folder for files that are not whole yet; the file server has one of the same name, so both may share a folder. */
const UNFINISHED_DIR = '.unfinished';
const UNFINISHED_KEPT_MS = 3_600_000;

export interface Base {
  /** Without links; inside it none is followed. */
  readonly dir: string;
  readonly unfinished: string;
}

/** Makes the folder of the store when it is missing. */
export async function openBase({ dir }: DirectoryStoreSettings): Promise<Base> {
  await mkdir(join(dir, UNFINISHED_DIR), { recursive: true });
  const base = await realpath(dir);
  return { dir: base, unfinished: join(base, UNFINISHED_DIR) };
}

/**
 * Tries whether the folder takes files and hard links, and removes what a crash left unfinished.
 *
 * @throws SallyportError that names the setting; retryable when the disk is full, read-only or refuses
 */
export async function checkFolder(settings: DirectoryStoreSettings): Promise<void> {
  if (settings.pathPrefix.split('/')[0]?.toLowerCase() === UNFINISHED_DIR) {
    throw new SallyportError('invalid_request', `FILE_SERVER_PATH_PREFIX: must not begin with ${UNFINISHED_DIR}`);
  }
  try {
    const base = await openBase(settings);
    await removeUnfinished(base.unfinished);
    await probe(base.unfinished);
  } catch (error) {
    const code = codeOf(error);
    if (['ENOTDIR', 'EEXIST'].includes(code)) {
      throw new SallyportError('unavailable', `LOG_DIR: a file stands in the way of the folder (${code})`, {
        cause: error,
      });
    }
    throw diskError('LOG_DIR: the folder cannot be written', error);
  }
}

async function probe(unfinished: string): Promise<void> {
  const [first, second] = [join(unfinished, randomUUID()), join(unfinished, randomUUID())];
  try {
    await (await open(first, 'wx')).close();
    await link(first, second).catch((error: unknown) => {
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error))) throw error;
      throw new SallyportError('unavailable', 'LOG_DIR: the file system of the folder has no hard links', {
        cause: error,
      });
    });
  } finally {
    await rm(first, { force: true });
    await rm(second, { force: true });
  }
}

/** Only what is old: another process may be writing into the same folder. */
async function removeUnfinished(unfinished: string): Promise<void> {
  for (const name of await readdir(unfinished)) {
    const path = join(unfinished, name);
    const stats = await lstat(path).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
    if (stats !== undefined && Date.now() - stats.mtimeMs > UNFINISHED_KEPT_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
