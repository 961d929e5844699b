import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileServerSettings } from '@sallyport/config';
import type { Logger } from '@sallyport/telemetry';
import type { FileMetrics } from '../metrics/file-metrics';
import type { FileStore } from '../storage/file-store';
import { Housekeeping } from './housekeeping';

const HOUR = 3_600_000;
const DAYS = ['2026-11-12', '2026-11-13', '2026-11-14'];
const MIDNIGHT = Date.parse('2026-11-21T00:00:00Z');

describe(Housekeeping.name, () => {
  let base: string;
  let now: number;
  const metrics = { expired: jest.fn(), expiryFailed: jest.fn() };
  const logger = { info: jest.fn(), warn: jest.fn() };
  const removeLeftOver = jest.fn<Promise<void>, []>();
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'sallyport-housekeeping-'));
    for (const day of DAYS) {
      await mkdir(join(base, day));
      await writeFile(join(base, day, 'a'), 'four');
      await utimes(join(base, day, 'a'), 0, 0);
    }
    removeLeftOver.mockResolvedValue();
    now = MIDNIGHT;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    jest.useFakeTimers({ doNotFake: ['performance', 'nextTick', 'setImmediate', 'queueMicrotask', 'Date'] });
  });
  afterEach(async () => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    jest.resetAllMocks();
    await rm(base, { recursive: true });
  });

  const create = (retentionDays = 7): Housekeeping =>
    new Housekeeping(
      { retentionDays } as FileServerSettings,
      { base, removeLeftOver: () => removeLeftOver() } as unknown as FileStore,
      metrics as unknown as FileMetrics,
      logger as unknown as Logger,
    );
  const left = async (): Promise<string[]> => (await readdir(base)).sort();
  /** Begins the first pass, and comes back when it is over. */
  const run = async (housekeeping: Housekeeping): Promise<void> => {
    housekeeping.onApplicationBootstrap();
    await housekeeping.settled();
  };

  it.each([
    [MIDNIGHT, ['2026-11-14']],
    [MIDNIGHT - 1, ['2026-11-13', '2026-11-14']],
    [MIDNIGHT + 24 * HOUR - 1, ['2026-11-14']],
  ])('keeps the last seven whole days before the day of %i', async (time, expected) => {
    now = time;
    const housekeeping = create();
    await run(housekeeping);
    expect(await left()).toEqual(expected);
    await housekeeping.onApplicationShutdown();
  });

  it('deletes nothing after the clock was set, until it has stayed as it is for an hour', async () => {
    const housekeeping = create();
    now += 2 * HOUR;
    await run(housekeeping);
    expect(await left()).toEqual(DAYS);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(HOUR);
    await housekeeping.settled();
    expect(await left()).toEqual(['2026-11-14']);
    await housekeeping.onApplicationShutdown();
  });

  it('clears away every hour what is left over, without a second pass beside a long one', async () => {
    let finish: () => void = () => undefined;
    removeLeftOver.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
    const housekeeping = create(0);
    housekeeping.onApplicationBootstrap();
    jest.advanceTimersByTime(3 * HOUR);
    expect(removeLeftOver).toHaveBeenCalledTimes(1);
    finish();
    await housekeeping.settled();
    jest.advanceTimersByTime(HOUR);
    expect(removeLeftOver).toHaveBeenCalledTimes(2);
    await housekeeping.onApplicationShutdown();
    jest.advanceTimersByTime(HOUR);
    expect(removeLeftOver).toHaveBeenCalledTimes(2);
    expect(await left()).toEqual(DAYS);
  });

  it('counts what fails and comes again', async () => {
    removeLeftOver.mockRejectedValueOnce(new Error('EIO'));
    const housekeeping = create();
    await run(housekeeping);
    expect([metrics.expiryFailed.mock.calls.length, logger.warn.mock.calls.length]).toEqual([1, 1]);
    expect(await left()).toEqual(DAYS);
    jest.advanceTimersByTime(HOUR);
    await housekeeping.settled();
    expect(await left()).toEqual(['2026-11-14']);
    expect(metrics.expired.mock.calls).toEqual([
      [1, 4],
      [1, 4],
    ]);
    await housekeeping.onApplicationShutdown();
  });
});
