import { createHash } from 'node:crypto';
import { SallyportError } from '@sallyport/dialects';
import type { LogEntry } from '../entry/log-entry';
import type { OutboxBatch } from '../outbox/open-batch';
import { recordKey } from '../outbox/record-key';
import type { WriteResult } from '../writing/record-store.port';
import { AwaitsPlace, BatchContent } from './batch-content';

const entry = (name: string): LogEntry => ({ callId: `call-${name}`, date: '2026-11-21', name, json: `"${name} é"` });
const apart = (name: string): LogEntry => ({ ...entry(name), apart: true });
const batch = (id: string, ...items: [string, boolean][]): OutboxBatch => ({
  id,
  items: items.map(([key, isLarge]) => ({ key, isLarge })),
});
const written = (name: string): WriteResult => ({ outcome: 'written', path: `2026-11-21/${name}.json` });
const refused = (retryable: boolean): WriteResult => ({
  outcome: 'refused',
  error: new SallyportError('unavailable', 'no', { retryable }),
});

describe(BatchContent.name, () => {
  const write = jest.fn<Promise<readonly WriteResult[]>, [string, readonly LogEntry[]]>();
  const read = jest.fn<LogEntry | undefined, [string]>();
  let content: BatchContent;
  beforeEach(() => {
    write.mockReset().mockImplementation((_id, [first]) => Promise.resolve([written(first?.name ?? '')]));
    read.mockReset().mockImplementation(entry);
    content = new BatchContent({ read }, { write });
  });

  const reference = (name: string): object => {
    const { json, ...rest } = entry(name);
    const sha256 = createHash('sha256').update(json).digest('hex');
    return { ...rest, stored: { path: `2026-11-21/${name}.json`, bytes: Buffer.byteLength(json), sha256 } };
  };

  it('brings large records to their place, one by one, and carries a reference in their stead', async () => {
    const entries = await content.of(batch('b-1', ['a', false], ['b', true], ['c', false], ['d', true]));
    expect(entries).toEqual([entry('a'), reference('b'), entry('c'), reference('d')]);
    expect(write.mock.calls).toEqual([
      ['b-1', [apart('b')]],
      ['b-1', [apart('d')]],
    ]);
  });

  it('writes none of them twice while the queue is away', async () => {
    const first = await content.of(batch('b-1', ['a', false], ['b', true]));
    expect(await content.of(batch('b-1', ['a', false], ['b', true]))).toEqual(first);
    expect(write).toHaveBeenCalledTimes(1);
    await content.of(batch('b-2', ['b', true]));
    expect(write).toHaveBeenCalledTimes(2);
  });

  it('fails while a place takes nothing, and goes on where it was', async () => {
    write.mockResolvedValueOnce([written('a')]).mockResolvedValueOnce([refused(true)]);
    const both = batch('b-1', ['a', true], ['b', true]);
    await expect(content.of(both)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect(await content.of(both)).toEqual([reference('a'), reference('b')]);
    expect(write.mock.calls.map(([, [first]]) => first?.name)).toEqual(['a', 'b', 'b']);
  });

  it('carries a record whole that its place will never take, to be kept apart', async () => {
    write.mockResolvedValueOnce([refused(false)]);
    expect(await content.of(batch('b-1', ['a', true]))).toEqual([apart('a')]);
  });

  describe('of a record that its place does not take now', () => {
    beforeEach(() => {
      jest.useFakeTimers({ now: 0 });
      write.mockResolvedValue([refused(true)]);
    });
    afterEach(() => jest.useRealTimers());
    const afterwards = async (ms: number): Promise<unknown> => {
      jest.advanceTimersByTime(ms);
      return content.of(batch('b-1', ['a', true], ['b', true]));
    };
    const away = expect.objectContaining({ code: 'unavailable' }) as Error;

    it('waits a minute, then carries it whole, and stays with that', async () => {
      await expect(afterwards(0)).rejects.toEqual(away);
      await expect(afterwards(59_999)).rejects.toEqual(away);
      expect(await afterwards(1)).toEqual([apart('a'), apart('b')]);
      write.mockClear().mockResolvedValue([written('a')]);
      expect(await afterwards(0)).toEqual([apart('a'), apart('b')]);
      expect(write).not.toHaveBeenCalled();
    });

    it('waits a minute for each batch', async () => {
      await expect(afterwards(0)).rejects.toEqual(away);
      expect(await afterwards(60_000)).toHaveLength(2);
      await expect(content.of(batch('b-2', ['a', true]))).rejects.toEqual(away);
    });

    it.each([
      ['carries one of 16 MiB after that minute', 16_777_216, 'unavailable', 'carried'],
      ['lets others go before a larger one at once, and whenever it is refused again', 16_777_217, 'awaits', 'awaits'],
    ])('%s', async (_what, bytes, first, later) => {
      // The key tells the size, so that nothing needs to be read.
      const large = batch('b-1', [recordKey('0'.repeat(26), bytes), true]);
      const outcome = (): Promise<string> =>
        content.of(large).then(
          () => 'carried',
          (error: SallyportError) => (error instanceof AwaitsPlace ? 'awaits' : error.code),
        );
      expect(await outcome()).toBe(first);
      jest.advanceTimersByTime(60_000);
      expect(await outcome()).toBe(later);
    });

    it('tells why, and that it may be tried again', async () => {
      const large = batch('b-1', [recordKey('0'.repeat(26), 16_777_217), true]);
      await expect(content.of(large)).rejects.toMatchObject({ code: 'unavailable', message: 'no', retryable: true });
    });
  });

  it('makes nothing of a batch that another process has completed', async () => {
    read.mockImplementation((key) => (key === 'b' ? undefined : entry(key)));
    expect(await content.of(batch('b-1', ['a', false], ['b', false]))).toBeUndefined();
    expect(await content.of(batch('b-2', ['b', true]))).toBeUndefined();
    expect(write).not.toHaveBeenCalled();
  });
});
