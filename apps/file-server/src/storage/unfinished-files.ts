import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UNFINISHED_DIR } from './file-path';
import { codeOf, ignoreMissing } from './storage-error';

/** Age at which a file is left over, whoever wrote it: no write takes that long. */
const KEPT_MS = 3_600_000;
const HOST = hostname().replace(/[^\w-]/g, '_');
const NAME = /^(?<host>[\w-]+)\.(?<pid>\d+)\.[\da-f-]{36}$/;

/** Files that have no name of their own yet, because they are not whole. Their names tell which process writes them. */
export class UnfinishedFiles {
  private constructor(private readonly dir: string) {}

  /** @param base the folder of the store */
  static async open(base: string): Promise<UnfinishedFiles> {
    const dir = join(base, UNFINISHED_DIR);
    await mkdir(dir, { recursive: true });
    return new UnfinishedFiles(dir);
  }

  /** Path for a new file. */
  newPath(): string {
    return join(this.dir, `${HOST}.${process.pid}.${randomUUID()}`);
  }

  /** Removes a file that is done with. */
  async remove(path: string): Promise<void> {
    // On a disk that became read-only it stays, until the store is opened again: what the write came to counts more.
    await rm(path, { force: true }).catch(() => undefined);
  }

  /** Removes what a crash left behind, but nothing that another process on the same folder may still work on. */
  async removeLeftOver(): Promise<void> {
    for (const name of await readdir(this.dir)) {
      const path = join(this.dir, name);
      const stats = await lstat(path).catch(ignoreMissing);
      if (stats !== undefined && isLeftOver(name, stats.mtimeMs)) await rm(path, { recursive: true, force: true });
    }
  }
}

function isLeftOver(name: string, modifiedAt: number): boolean {
  if (Date.now() - modifiedAt > KEPT_MS) return true;
  const { host, pid } = NAME.exec(name)?.groups ?? {};
  if (host !== HOST) return false;
  // In a container each process that follows another one may have its number.
  return Number(pid) === process.pid ? modifiedAt < performance.timeOrigin : !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
