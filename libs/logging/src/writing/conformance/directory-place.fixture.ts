import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { openRecordStore } from '../open-record-store';
import type { RecordStore } from '../record-store.port';
import type { Faults, TestPlace } from './test-place.fixture';

/** A folder on a real disk. */
export class DirectoryPlace implements TestPlace {
  readonly faults: Faults = {
    'has lost its folder to a file': async () => {
      await mkdir(this.dir, { recursive: true });
      await rename(this.dir, `${this.dir}.away`);
      await writeFile(this.dir, '');
    },
  };

  private constructor(
    private readonly around: string,
    private readonly mode: 'async' | 'sync',
  ) {}

  static async start(mode: 'async' | 'sync'): Promise<DirectoryPlace> {
    return new DirectoryPlace(await mkdtemp(join(tmpdir(), 'sallyport-records-')), mode);
  }

  get dir(): string {
    return join(this.around, 'records');
  }

  open({ prefix = '' } = {}): RecordStore {
    return openRecordStore({ kind: 'directory', dir: this.dir, mode: this.mode, pathPrefix: prefix });
  }

  /** What is not finished is a record too here: nobody may see it, and none may stay. */
  async records(): Promise<readonly (readonly [string, string])[]> {
    const entries = await readdir(this.dir, { recursive: true, withFileTypes: true }).catch(() => []);
    const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    return Promise.all(paths.map(async (path) => [relative(this.dir, path), await readFile(path, 'utf8')] as const));
  }

  async mend(): Promise<void> {
    if (!(await readdir(this.around)).includes('records.away')) return;
    await rm(this.dir, { recursive: true, force: true });
    await rename(`${this.dir}.away`, this.dir);
  }

  stop(): Promise<void> {
    return rm(this.around, { recursive: true, force: true });
  }
}
