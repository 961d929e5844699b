import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutboxSettings } from '@sallyport/config';
import type { Logger } from '@sallyport/telemetry';
import { until } from '@sallyport/testing';
import { Outbox } from './outbox';
import { ALL, entry, SETTINGS } from './outbox.fixture';

const TEXT = `"${'x'.repeat(10_000)}"`;

describe('the space of an outbox', () => {
  let dir: string;
  let outbox: Outbox;
  const error = jest.fn();
  const logger = { error, info: jest.fn(), warn: jest.fn() } as unknown as Logger;
  beforeEach(async () => {
    error.mockReset();
    // Time does not pass, so that no outage ends because the disk is slow.
    jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    dir = await mkdtemp(join(tmpdir(), 'sallyport-outbox.'));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await outbox.close();
    await rm(dir, { recursive: true, force: true });
  });

  const open = (settings: Partial<OutboxSettings>): void => {
    outbox = Outbox.open(dir, { ...SETTINGS, ...settings }, logger);
  };
  const appendAll = (count: number): Promise<(string | undefined)[]> =>
    Promise.all(
      Array.from({ length: count }, (_, i) =>
        outbox.append(entry(`n${i}`, TEXT)).then(
          () => undefined,
          (failure: { code: string; retryable: boolean }) => `${failure.code} ${failure.retryable}`,
        ),
      ),
    );
  const ship = async (): Promise<void> => {
    const batch = await outbox.claim(ALL);
    await outbox.complete(batch?.id ?? '');
  };

  it.each([
    ['records', { maxRecords: 7 }],
    ['bytes', { maxBytes: 7 * 12_288 + 4096 }],
  ])('is bounded by %s: what does not fit is refused, and fits again when something left', async (_limit, settings) => {
    open({ ...settings, onFull: 'block' });
    expect(() => outbox.requireRoom()).not.toThrow();
    const refusals = (await appendAll(20)).filter((refusal) => refusal !== undefined);
    expect(refusals).toHaveLength(13);
    expect(() => outbox.requireRoom()).toThrow(expect.objectContaining({ code: 'storage_full' }) as Error);
    expect(new Set(refusals)).toEqual(new Set(['storage_full true']));
    expect(outbox.counts()).toEqual({ accepted: 7, queued: 0, shed: 0 });
    expect(error).toHaveBeenCalledTimes(1);
    await ship();
    // The counts that the budget goes by are a few milliseconds old.
    await until(async () => (await appendAll(1))[0] === undefined);
    expect(() => outbox.requireRoom()).not.toThrow();
    expect(outbox.counts()).toEqual({ accepted: 8, queued: 7, shed: 0 });
  });

  it('requires no room where records are given up', async () => {
    open({ maxRecords: 1, onFull: 'shed' });
    await appendAll(2);
    expect(() => outbox.requireRoom()).not.toThrow();
  });

  it('counts what it gives up, on disk and over all who share it', async () => {
    open({ maxRecords: 5, onFull: 'shed' });
    const other = Outbox.open(dir, { ...SETTINGS, maxRecords: 5, onFull: 'shed' }, logger);
    expect((await appendAll(30)).every((refusal) => refusal === undefined)).toBe(true);
    await Promise.all([appendAll(10), ...Array.from({ length: 10 }, () => other.append(entry('o', TEXT)))]);
    const { accepted, shed } = outbox.counts();
    expect(accepted).toBe(50);
    expect(shed).toBe(50 - outbox.depth().records);
    await other.close();
    await outbox.close();
    open({});
    expect(outbox.counts()).toEqual({ accepted: 50, queued: 0, shed });
    expect(error).toHaveBeenCalledTimes(2);
  });
});
