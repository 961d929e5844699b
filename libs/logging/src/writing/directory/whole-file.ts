import { constants } from 'node:fs';
import { link, open, rm, type FileHandle } from 'node:fs/promises';
import type { Placed } from '../placing/place-record';
import { codeOf } from './disk-error';

/** `sync`: the content is on disk when a write resolves. `async`: when the operating system gets to it. */
export type WriteMode = 'async' | 'sync';

/**
 * Writes a file under a name of its own and hands it to `use`, which may give it further names. The first name is gone
 * afterwards.
 */
export async function withWholeFile<T>(
  unfinished: string,
  content: Buffer,
  mode: WriteMode,
  use: () => Promise<T>,
): Promise<T> {
  try {
    const handle = await open(unfinished, 'wx', 0o644);
    try {
      await handle.writeFile(content);
      if (mode === 'sync') await handle.sync();
    } finally {
      await handle.close();
    }
    return await use();
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Gives a whole file its name. Unlike a rename, a link never replaces what has that name already. */
export async function putInPlace(unfinished: string, path: string, content: Buffer, mode: WriteMode): Promise<Placed> {
  try {
    await link(unfinished, path);
    return 'created';
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return (await holdsSame(path, content, mode)) ? 'present' : 'taken';
  }
}

/**
 * Opens a file for reading.
 *
 * @returns undefined when there is none of that name, but maybe a link or something else
 */
export async function openRegular(path: string): Promise<{ handle: FileHandle; bytes: number } | undefined> {
  // Without O_NONBLOCK the open of a pipe would wait for a writer.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(path, flags).catch((error: unknown) => {
    if (!['ENOENT', 'ELOOP', 'ENXIO'].includes(codeOf(error))) throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, bytes: stats.size };
    await handle.close();
    return undefined;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function holdsSame(path: string, content: Buffer, mode: WriteMode): Promise<boolean> {
  const file = await openRegular(path);
  if (file === undefined) return false;
  try {
    if (file.bytes !== content.length || !content.equals(await file.handle.readFile())) return false;
    // An earlier asynchronous write may not have reached the disk.
    if (mode === 'sync') await file.handle.sync();
    return true;
  } finally {
    await file.handle.close();
  }
}
