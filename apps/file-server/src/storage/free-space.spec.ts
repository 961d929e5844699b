import promises from 'node:fs/promises';
import { FreeSpace } from './free-space';

describe(FreeSpace.name, () => {
  let now: number;
  let statfs: jest.SpyInstance;
  let space: FreeSpace;
  beforeEach(() => {
    now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    statfs = jest.spyOn(promises, 'statfs').mockResolvedValue({ bavail: 200, bsize: 1 } as never);
    space = new FreeSpace('/', 100);
  });
  afterEach(() => jest.restoreAllMocks());

  it('sets space aside until the disk is asked again', async () => {
    await space.take(60);
    await expect(space.take(41)).rejects.toMatchObject({ code: 'storage_full', retryable: true });
    await space.take(40);
    await expect(space.bytes()).resolves.toBe(100);
    expect(statfs).toHaveBeenCalledTimes(1);
    now = 1_000;
    await space.take(60);
    expect(statfs).toHaveBeenCalledTimes(2);
  });

  it('gives the same space to one only of those who come together', async () => {
    const outcomes = await Promise.allSettled([space.take(60), space.take(60), space.take(40)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('asks again at once after a failure', async () => {
    statfs.mockRejectedValueOnce(new Error('EIO'));
    await expect(space.bytes()).rejects.toThrow('EIO');
    await expect(space.bytes()).resolves.toBe(200);
  });
});
