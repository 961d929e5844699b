import { readlinkSync } from 'node:fs';
import { mkdtemp, open, realpath, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { FileStore } from './file-store';
import { SafeFolders } from './safe-folders';

/** Which files and folders are forced to disk, in their order. Linux tells what an open file is. */
async function recordSyncs(base: string): Promise<{ paths: string[]; stop(): void }> {
  const handle = await open(base, 'r');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const paths: string[] = [];
  const real = prototype.sync;
  const spy = jest.spyOn(prototype, 'sync').mockImplementation(function (this: FileHandle) {
    const path = readlinkSync(`/proc/self/fd/${this.fd}`);
    return real.call(this).then(() => void paths.push(relative(base, path) || '.'));
  });
  return { paths, stop: () => spy.mockRestore() };
}

describe('what a write forces to disk', () => {
  let base: string;
  let store: FileStore;
  let syncs: { paths: string[]; stop(): void };
  beforeEach(async () => {
    base = await realpath(await mkdtemp(join(tmpdir(), 'sallyport-durability-')));
    store = await FileStore.open(base, 0);
    syncs = await recordSyncs(base);
  });
  afterEach(async () => {
    syncs.stop();
    await rm(base, { recursive: true });
  });

  const write = async (path: string, mode: 'async' | 'sync', content = 'x'): Promise<string[]> => {
    await store.write(path, Buffer.from(content), mode);
    return syncs.paths.splice(0).map((path) => path.replace(/^\.unfinished\/.*/, 'file'));
  };

  it('is the file before it gets its name, each new folder on the way, and the folder with the name', async () => {
    expect(await write('a/b/x', 'sync')).toEqual(['file', '.', 'a', 'a/b']);
    expect(await write('a/b/y', 'sync')).toEqual(['file', 'a/b']);
    expect(await write('a/c/z', 'sync')).toEqual(['file', 'a', 'a/c']);
    expect(await write('top', 'sync')).toEqual(['file', '.']);
  });

  it('is nothing in mode async', async () => {
    expect(await write('a/b/x', 'async')).toEqual([]);
  });

  it('is also a folder that an asynchronous write has made before', async () => {
    await write('a/b/x', 'async');
    expect(await write('a/b/y', 'sync')).toEqual(['file', '.', 'a', 'a/b']);
  });

  it('is also the file that an asynchronous write has stored before', async () => {
    await write('a/x', 'async');
    expect(await write('a/x', 'sync')).toEqual(['file', '.', 'a/x', 'a']);
  });

  it('is also a folder that was deleted and made again', async () => {
    await write('a/b/x', 'sync');
    await rm(join(base, 'a/b'), { recursive: true });
    await write('a/b/x', 'async');
    expect(await write('a/b/y', 'sync')).toEqual(['file', 'a', 'a/b']);
  });

  it('is every folder for both of two writes that come together', async () => {
    await Promise.all([store.write('a/x', Buffer.from('x'), 'async'), store.write('a/y', Buffer.from('y'), 'sync')]);
    expect(syncs.paths).toEqual(expect.arrayContaining(['.', 'a']));
  });

  it('is a folder again that has been forgotten for others', async () => {
    const folders = new SafeFolders(base, 1);
    for (const name of ['a', 'a', 'b', 'a']) await folders.makeAndUse([name], true, () => Promise.resolve());
    expect(syncs.paths).toEqual(['.', '.', '.']);
  });

  it('is the base folder with those around it, at the start', async () => {
    await FileStore.open(join(base, 'new/base'), 0);
    expect(syncs.paths).toEqual(expect.arrayContaining(['new/base', 'new', '.', '..']));
  });
});
