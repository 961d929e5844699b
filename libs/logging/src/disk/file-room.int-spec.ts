import { closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileRoom } from './file-room';

const MIB = 1_048_576;
const RESERVE = MIB;
const STEP = 262_144;

describe(FileRoom.name, () => {
  let dir: string;
  let fileDescriptor: number;
  let room: FileRoom;
  /** At this size the disk gives no more. */
  let fullAt: number;
  /** Pages that were ever used, and those that hold something. */
  let reached: number;
  let used: number;
  /** Bytes that were given each time that the disk was asked. */
  let given: number[];
  const exclusively = <T>(action: () => T): Promise<T> => {
    const before = fileBytes();
    given.push(0);
    if (before >= fullAt) return Promise.reject(new Error('ENOSPC'));
    const result = action();
    given[given.length - 1] = fileBytes() - before;
    return Promise.resolve(result);
  };
  const fileBytes = (): number => fstatSync(fileDescriptor).size;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sallyport-room.'));
    fileDescriptor = openSync(join(dir, 'data'), 'w+');
    fullAt = Infinity;
    [reached, used] = [0, 0];
    given = [];
    room = new FileRoom({
      fileDescriptor,
      fileBytes,
      exclusively,
      refresh: () => undefined,
      reachedBytes: () => reached,
      usedBytes: () => used,
    });
    jest.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    jest.useRealTimers();
    closeSync(fileDescriptor);
    rmSync(dir, { recursive: true });
  });
  const full = expect.objectContaining({ code: 'storage_full', retryable: true }) as Error;

  it('lengthens the file by steps, so that the reserve stays behind what comes', async () => {
    reached = 100;
    await room.ensure(10);
    expect(fileBytes()).toBe(100 + 10 + RESERVE + STEP);
    const asked = given.length;
    await room.ensure(10 + STEP);
    expect(given).toHaveLength(asked);
    await room.ensure(11 + STEP);
    expect(fileBytes()).toBe(100 + 11 + STEP + RESERVE + STEP);
  });

  it('makes others wait for a quarter of a MiB at a time, however much it needs', async () => {
    await room.ensure(20 * MIB);
    expect(fileBytes()).toBe(20 * MIB + RESERVE + STEP);
    expect(given).toEqual(Array.from({ length: 85 }, () => STEP));
  });

  it('leaves it at what another process has given meanwhile', async () => {
    const growing = room.ensure(10);
    ftruncateSync(fileDescriptor, 10 * MIB);
    await growing;
    expect(fileBytes()).toBe(10 * MIB);
  });

  it('is content with what is needed when the disk fills up behind it', async () => {
    fullAt = RESERVE;
    await room.ensure(0);
    expect(fileBytes()).toBe(RESERVE);
  });

  it('goes on in pages that are free when the disk is full, as long as there are twice as many as it needs', async () => {
    fullAt = 0;
    ftruncateSync(fileDescriptor, 10 * MIB);
    reached = 10 * MIB;
    used = 10 * MIB - 2 * (RESERVE + 10);
    await room.ensure(10);
    await expect(room.ensure(11)).rejects.toEqual(full);
  });

  it('asks a full disk again after half a second', async () => {
    fullAt = 0;
    await expect(room.ensure(10)).rejects.toEqual(full);
    fullAt = Infinity;
    jest.advanceTimersByTime(499);
    await expect(room.ensure(10)).rejects.toEqual(full);
    jest.advanceTimersByTime(1);
    await room.ensure(10);
    // At the second time it got what it needs.
    expect(given.slice(0, 2)).toEqual([0, STEP]);
  });

  it('tells of a full disk beforehand, for half a second or until pages are free', async () => {
    ftruncateSync(fileDescriptor, 10 * MIB);
    fullAt = 0;
    [reached, used] = [10 * MIB, 10 * MIB - 2 * RESERVE + 1];
    expect(() => room.requireRoom()).not.toThrow();
    await expect(room.ensure(10)).rejects.toEqual(full);
    expect(() => room.requireRoom()).toThrow(full);
    used -= 1;
    expect(() => room.requireRoom()).not.toThrow();
    used += 1;
    reached = 9 * MIB + 1;
    expect(() => room.requireRoom()).toThrow(full);
    reached -= 1;
    expect(() => room.requireRoom()).not.toThrow();
    reached = 10 * MIB;
    jest.advanceTimersByTime(499);
    expect(() => room.requireRoom()).toThrow(full);
    jest.advanceTimersByTime(1);
    expect(() => room.requireRoom()).not.toThrow();
  });
});
