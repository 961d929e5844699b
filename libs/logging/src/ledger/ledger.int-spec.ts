import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@sallyport/telemetry';
import { until } from '@sallyport/testing';
import { Outbox } from '../outbox/outbox';
import { ALL, entry, SETTINGS } from '../outbox/outbox.fixture';
import type { LedgerEntry } from './ledger-entry';
import { Ledger } from './ledger';

const DAY = '2026-11-21';
const logger = createLogger('test', 'silent');

describe(Ledger.name, () => {
  let dir: string;
  let outbox: Outbox;
  const open = (ledgerDays: number, ledgerMaxRecords = 1e6): void => {
    outbox = Outbox.open(dir, { ...SETTINGS, ledgerDays, ledgerMaxRecords }, logger);
  };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-ledger.'));
  });
  afterEach(async () => {
    await outbox.close();
    await rm(dir, { recursive: true, force: true });
  });

  const names = (date: string, limit = 1_000): string[][] => {
    const pages: string[][] = [];
    for (let after: string | undefined; ;) {
      const { entries, next } = outbox.ledger.page(date, { after, limit });
      pages.push(entries.map(({ name }) => name));
      if (next === null) return pages;
      after = next;
    }
  };

  it('tells what was accepted, and what of it still waits', async () => {
    open(100_000);
    const texts = ['{"a":"é"}', `"${'é'.repeat(200_000)}"`, '{}'];
    for (const [i, json] of texts.entries()) await outbox.append(entry(`n${i}`, json));
    const batch = await outbox.claim({ ...ALL, maxRecords: 2 });
    await outbox.complete(batch?.id ?? '');
    const expected = texts.map((json, i): LedgerEntry => ({
      callId: `call-n${i}`,
      name: `n${i}`,
      sha256: createHash('sha256').update(json).digest('hex'),
      waiting: i === 2,
    }));
    expect(outbox.ledger.page(DAY, { limit: 10 })).toEqual({ entries: expected, next: null, complete: true });
  });

  it('reads each day by itself, in pages, in the order of arrival', async () => {
    open(100_000);
    for (const date of ['2026-11-20', DAY, '2026-11-22'])
      for (let i = 0; i < 5; i++) await outbox.append({ ...entry(`${date.slice(-2)}-${i}`), date });
    expect(names(DAY, 2)).toEqual([['21-0', '21-1'], ['21-2', '21-3'], ['21-4']]);
    expect(names(DAY, 5)).toEqual([['21-0', '21-1', '21-2', '21-3', '21-4']]);
    expect(names('2026-11-23')).toEqual([[]]);
  });

  it('gives a thousand entries at once', async () => {
    open(100_000);
    await Promise.all(Array.from({ length: 1_001 }, (_, i) => outbox.append(entry(`n${i}`))));
    expect(names(DAY, 1_000).map((page) => page.length)).toEqual([1_000, 1]);
  });

  it('forgets the oldest when there are too many, and says which days are no longer whole', async () => {
    open(100_000);
    for (const date of ['2026-11-20', DAY, '2026-11-22'])
      await Promise.all(Array.from({ length: 700 }, (_, i) => outbox.append({ ...entry(`${date}-${i}`), date })));
    await outbox.close();
    open(100_000, 900);
    await until(() => names(DAY)[0]?.length === 200);
    const whole = ['2026-11-20', DAY, '2026-11-22'].map((date) => outbox.ledger.page(date, { limit: 1 }).complete);
    expect(whole).toEqual([false, false, true]);
    expect(names('2026-11-22')[0]).toHaveLength(700);
  });

  it('does not take a day for whole again because an earlier one was forgotten after it', async () => {
    open(100_000);
    for (const name of ['n1', 'n2']) await outbox.append({ ...entry(name), date: DAY });
    await outbox.close();
    open(100_000, 1);
    await until(() => names(DAY)[0]?.length === 1);
    await outbox.append({ ...entry('late'), date: '2026-11-20' });
    await outbox.close();
    open(100_000, 1);
    await until(() => names('2026-11-20')[0]?.length === 0);
    const whole = [DAY, '2026-11-20', '2026-11-22'].map((date) => outbox.ledger.page(date, { limit: 1 }).complete);
    expect(whole).toEqual([false, false, true]);
  });

  it('forgets days that are older than it need remember, when it is opened again', async () => {
    open(100_000);
    const today = new Date().toISOString().slice(0, 10);
    await Promise.all(
      Array.from({ length: 1_200 }, (_, i) => outbox.append({ ...entry(`n${i}`), date: '2020-01-01' })),
    );
    await outbox.append({ ...entry('today'), date: today });
    await outbox.close();
    open(2);
    await until(() => names('2020-01-01')[0]?.length === 0);
    expect(names(today)).toEqual([['today']]);
    expect(outbox.depth().records).toBe(1_201);
  });

  it('keeps nothing when it is turned off', async () => {
    open(0);
    const today = new Date().toISOString().slice(0, 10);
    await outbox.append({ ...entry('today'), date: today });
    expect(names(today)).toEqual([[]]);
  });

  it('takes no day for whole of which it was told not to keep all', async () => {
    open(0);
    for (const name of ['n1', 'n2']) await outbox.append(entry(name));
    await outbox.append({ ...entry('late'), date: '2026-11-20' });
    await outbox.close();
    open(100_000);
    await outbox.append(entry('n3'));
    expect(names(DAY)).toEqual([['n3']]);
    const whole = ['2026-11-20', DAY, '2026-11-22'].map((date) => outbox.ledger.page(date, { limit: 1 }).complete);
    expect(whole).toEqual([false, false, true]);
  });

  it.each([
    ['date', '21.11.2026', { limit: 1 }],
    ['date', '2026-11-21/', { limit: 1 }],
    ['date', '2026-11-31', { limit: 1 }],
    ['date', '2026-13-01', { limit: 1 }],
    ['after', DAY, { limit: 1, after: '../x' }],
    ['limit', DAY, { limit: 0 }],
    ['limit', DAY, { limit: NaN }],
    ['limit', DAY, { limit: 1_001 }],
  ])('refuses a wrong %s', (param, date, query) => {
    open(1);
    expect(() => outbox.ledger.page(date, query)).toThrow(
      expect.objectContaining({ code: 'invalid_request', param }) as Error,
    );
  });
});
