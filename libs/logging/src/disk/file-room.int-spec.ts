import { closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileRoom } from './file-room';

const MIB = 1_048_576;
const RESERVE = MIB;
const STEP = 4 * MIB;

describe(FileRoom.name, () => {
  let dir: string;
  let fileDescriptor: number;
  let room: FileRoom;
  let isDiskFull: boolean;
  /** Pages that were ever used, and those that hold something. */
  let reached: number;
  let used: number;
  /** How often the disk was asked. */
  let asked: number;
  const exclusively = <T>(action: () => T): Promise<T> => {
    asked += 1;
    if (isDiskFull) return Promise.reject(new Error('ENOSPC'));
    return Promise.resolve(action());
  };
  const fileBytes = (): number => fstatSync(fileDescriptor).size;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sallyport-room.'));
    fileDescriptor = openSync(join(dir, 'data'), 'w+');
    isDiskFull = false;
    [reached, used] = [0, 0];
    asked = 0;
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
    await room.ensure(10 + STEP);
    expect(asked).toBe(1);
    await room.ensure(11 + STEP);
    expect(fileBytes()).toBe(100 + 11 + STEP + RESERVE + STEP);
  });

  it('goes on in pages that are free when the disk is full, as long as there are twice as many as it needs', async () => {
    isDiskFull = true;
    ftruncateSync(fileDescriptor, 10 * MIB);
    reached = 10 * MIB;
    used = 10 * MIB - 2 * (RESERVE + 10);
    await room.ensure(10);
    await expect(room.ensure(11)).rejects.toEqual(full);
  });

  it('asks a full disk again after half a second', async () => {
    isDiskFull = true;
    await expect(room.ensure(10)).rejects.toEqual(full);
    isDiskFull = false;
    jest.advanceTimersByTime(499);
    await expect(room.ensure(10)).rejects.toEqual(full);
    jest.advanceTimersByTime(1);
    await room.ensure(10);
    expect(asked).toBe(2);
  });
});
