import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '@sallyport/config';
import { isAlive, thisProcess, type ProcessIdentity } from '../../process/process-identity';

/**
 * Makes sure that one process at a time uses a folder. A lock whose holder is gone, killed too, is taken over.
 *
 * @returns releases the folder
 * @throws ConfigurationError when a living process holds it
 */
export function lockFolder(dir: string): () => void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'lock');
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify(thisProcess()), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder !== undefined && isAlive(holder)) {
      throw new ConfigurationError([`DATA_DIR: process ${holder.pid} already uses ${dir}`]);
    }
    rmSync(path, { force: true });
  }
}

/** Undefined when the lock is gone, or was half written by a process that died. */
function readHolder(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
