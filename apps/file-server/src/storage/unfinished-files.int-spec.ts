import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { FileStore } from './file-store';
import { UnfinishedFiles } from './unfinished-files';

/** Higher than any system counts, so that no process ever has it. */
const NO_PID = 2 ** 31 - 1;

describe(UnfinishedFiles.name, () => {
  let base: string;
  beforeEach(async () => (base = await mkdtemp(join(tmpdir(), 'sallyport-unfinished-'))));
  afterEach(() => rm(base, { recursive: true }));

  it('takes away only what no living process may still write', async () => {
    const files = await UnfinishedFiles.open(base);
    const own = files.newPath();
    const ofPid = (pid: number): string => files.newPath().replace(`.${process.pid}.`, `.${pid}.`);
    const paths = {
      own,
      ofPredecessor: files.newPath(),
      ofEnded: ofPid(NO_PID),
      ofRunning: ofPid(process.ppid),
      elsewhere: own.replace(/[^/]+$/, `elsewhere.${NO_PID}.${own.slice(-36)}`),
    };
    for (const path of Object.values(paths)) await writeFile(path, 'half');
    const beforeStart = performance.timeOrigin / 1000 - 1;
    await utimes(paths.ofPredecessor, beforeStart, beforeStart);
    // The store begins with it: what was left over may be all that fills the disk.
    await FileStore.open(base, 0);
    const kept = [paths.own, paths.ofRunning, paths.elsewhere].map((path) => basename(path));
    expect((await readdir(join(base, '.unfinished'))).sort()).toEqual(kept.sort());
  });
});
