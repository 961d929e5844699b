import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ConfigurationError } from '@sallyport/config';

/** Who holds a folder; the start time tells a process from a later one with the same number. */
interface Holder {
  readonly pid: number;
  readonly startedAt: number;
}

/**
 * Makes sure that one process at a time uses a folder. A lock whose holder is gone, killed too, is taken over.
 *
 * @returns releases the folder
 * @throws ConfigurationError when a living process holds it
 */
export function lockFolder(dir: string): () => void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'lock');
  const self: Holder = { pid: process.pid, startedAt: performance.timeOrigin };
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify(self), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder !== undefined && isAlive(holder, self)) {
      throw new ConfigurationError([`DATA_DIR: process ${holder.pid} already uses ${dir}`]);
    }
    rmSync(path, { force: true });
  }
}

/** Undefined when the lock is gone, or was half written by a process that died. */
function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder, self: Holder): boolean {
  if (holder.pid === self.pid) return holder.startedAt === self.startedAt;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
