import { SpaceBudget, spaceOf } from './space-budget';

describe(SpaceBudget.name, () => {
  const onDisk = { records: 0, bytes: 0 };
  const none = { records: 0, space: 0 };
  const budget = (maxRecords: number, maxBytes: number): SpaceBudget =>
    new SpaceBudget({ refresh: () => undefined, recordUse: () => onDisk }, { maxRecords, maxBytes });
  const full = expect.objectContaining({ code: 'storage_full', retryable: true }) as Error;
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    Object.assign(onDisk, { records: 0, bytes: 0 });
  });
  afterEach(() => jest.useRealTimers());

  it('counts what is on disk, what is on its way there, and what it admitted since', () => {
    onDisk.records = 2;
    const records = budget(6, 1e9);
    for (let i = 0; i < 2; i++) records.admit(10, { records: 2, space: 20 });
    expect(() => records.admit(10, none)).toThrow(full);
    onDisk.bytes = 50;
    const bytes = budget(100, 100);
    bytes.admit(20, { records: 1, space: 20 });
    bytes.admit(10, none);
    expect(() => bytes.admit(1, none)).toThrow(full);
  });

  it('looks again after 20 ms', () => {
    const records = budget(1, 1e9);
    records.admit(10, none);
    jest.advanceTimersByTime(20);
    expect(() => records.admit(10, none)).toThrow(full);
    jest.advanceTimersByTime(1);
    records.admit(10, none);
  });

  it.each([
    [1_792, 2_048],
    [1_793, 4_096],
    [3_841, 8_192],
  ])('takes a record of %d bytes for %d on disk', (bytes, space) => {
    expect(spaceOf(bytes)).toBe(space);
  });
});
