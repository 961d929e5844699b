import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { FileStore } from './file-store';
import { listingTime } from './folder-names';

const SWAPS = 300;
const MOST_TRIES = 10_000;

describe('a folder that is a link from one moment to the other', () => {
  let outside: string;
  let base: string;
  let store: FileStore;
  beforeEach(async () => {
    outside = await mkdtemp(join(tmpdir(), 'sallyport-links-'));
    base = join(outside, 'base');
    await mkdir(join(base, 'day/inner'), { recursive: true });
    await writeFile(join(base, 'day/inner/file'), 'mine');
    await mkdir(join(outside, 'target/inner'), { recursive: true });
    await writeFile(join(outside, 'target/inner/file'), 'not yours');
    await writeFile(join(outside, 'target/inner/secret'), 'not yours');
    store = await FileStore.open(base, 0);
  });
  afterEach(() => rm(outside, { recursive: true }));

  /** Does something over and over while the folder is swapped for a link and back. Refusals are fine. */
  const whileSwapping = async (attempt: (n: number) => Promise<void>): Promise<void> => {
    let done = false;
    const swap = async (): Promise<void> => {
      for (let n = 0; n < SWAPS; n += 1) {
        await rename(join(base, 'day'), join(base, 'aside'));
        // A write may make the folder anew in any gap.
        await symlink(join(outside, 'target'), join(base, 'day')).catch(() => undefined);
        await putBack();
      }
    };
    const putBack = async (): Promise<void> => {
      for (let tries = 1; ; tries += 1) {
        try {
          await rename(join(base, 'aside'), join(base, 'day'));
          return;
        } catch (error) {
          if (tries === MOST_TRIES) throw error;
          await rm(join(base, 'day'), { recursive: true, force: true }).catch(() => undefined);
        }
      }
    };
    const act = async (start: number): Promise<void> => {
      for (let n = start; !done; n += 4) await attempt(n).catch(() => undefined);
    };
    await Promise.all([swap().finally(() => (done = true)), act(0), act(1), act(2), act(3)]);
    // However unlucky the attempts were: the last one finds everything in its place.
    await attempt(-1);
  };

  it('takes no file to the other side', async () => {
    await whileSwapping(async (n) => void (await store.write(`day/inner/new-${n}`, Buffer.from('x'), 'async')));
    expect((await readdir(join(outside, 'target/inner'))).sort()).toEqual(['file', 'secret']);
  });

  it('shows no file of the other side', async () => {
    const seen = new Set<string>();
    await whileSwapping(async () => {
      const { handle } = await store.read('day/inner/file');
      seen.add((await buffer(handle.createReadStream())).toString());
    });
    expect([...seen]).toEqual(['mine']);
  });

  it('lists no file of the other side', async () => {
    const seen = new Set<string>();
    await whileSwapping(async () => {
      const { files } = await store.list({ prefix: 'day/', limit: 9, after: undefined, startedAt: listingTime() });
      for (const { path } of files) seen.add(path);
    });
    expect([...seen]).toEqual(['day/inner/file']);
  });
});
