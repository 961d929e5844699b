import type { FoundRecord, RecordStore } from '../record-store.port';
import { DAY, entriesOf, entryOf, referenceTo, sha256Of } from './test-entries.fixture';
import type { BucketOptions, BucketPlace } from './test-place.fixture';

const HOUR_MS = 3_600_000;

async function all(found: AsyncIterable<FoundRecord>): Promise<FoundRecord[]> {
  const records = [];
  for await (const record of found) records.push(record);
  return records;
}

/** What the store of objects relies on, of the double as of any server. */
export function describeBucket(title: string, start: () => Promise<BucketPlace>): void {
  describe(title, () => {
    let place: BucketPlace;
    const opened: RecordStore[] = [];
    const open = (options?: BucketOptions): RecordStore => {
      const store = place.open(options);
      opened.push(store);
      return store;
    };
    beforeEach(async () => {
      place = await start();
    });
    afterEach(async () => {
      jest.useRealTimers();
      await Promise.all(opened.splice(0).map((store) => store.close()));
      await place.stop();
    });

    it.each([
      ['a bucket that is not there', { bucket: 'sallyport-not-there' }, 'LOG_S3_BUCKET'],
      ['no name of a bucket', { bucket: 'No_Bucket' }, 'LOG_S3_BUCKET'],
      ['a key that nobody knows', { accessKeyId: 'sallyport-unknown' }, 'LOG_S3_ACCESS_KEY_ID'],
      ['a wrong secret', { secretAccessKey: 'sallyport-wrong-secret' }, 'LOG_S3_SECRET_ACCESS_KEY'],
    ])('names the setting at the start, and gives no record up, with %s', async (_what, options, setting) => {
      const message = expect.stringMatching(`^${setting}: `) as string;
      const store = open(options);
      await expect(store.check()).rejects.toMatchObject({ message, retryable: false });
      const entry = entryOf('one');
      expect(await store.write('b-1', [entry])).toMatchObject([{ outcome: 'refused', error: { retryable: true } }]);
      const reference = referenceTo(entry, { outcome: 'written', path: `${DAY}/one.json` });
      await expect(store.holds(reference)).rejects.toMatchObject({ retryable: true });
      await expect(all(store.list(DAY))).rejects.toMatchObject({ retryable: true });
      expect(await place.records()).toEqual([]);
    });

    it('lets many start at the same time', async () => {
      const starts = await Promise.allSettled(Array.from({ length: 8 }, () => open().check()));
      for (const started of starts) {
        if (started.status === 'rejected') expect(started.reason).toMatchObject({ retryable: true });
      }
      expect(await place.keys()).toEqual(['.sallyport-check']);
      await open().check();
    });

    it.each(['record', 'batch'] as const)(
      'keeps each record once that many write at a time, by %s',
      async (objects) => {
        const entries = entriesOf(10);
        const writers = Array.from({ length: 6 }, () => open({ objects }).write('b-1', entries));
        for (const result of (await Promise.all(writers)).flat()) {
          // Another writer of the same object is under way.
          if (result.outcome === 'refused') expect(result.error).toMatchObject({ retryable: true });
        }
        const after = await open({ objects }).write('b-1', entries);
        expect(after.map(({ outcome }) => outcome)).toEqual(entries.map(() => 'present'));
        expect((await place.records()).map(([, text]) => text).sort()).toEqual(entries.map(({ json }) => json).sort());
      },
    );

    it('lists more than a page', async () => {
      const entries = entriesOf(place.keysPerPage + 1);
      const store = open();
      await store.write('b-1', entries);
      const names = (await all(store.list(DAY))).map(({ name }) => name);
      expect(names.sort()).toEqual(entries.map(({ name }) => name).sort());
    });

    it.each(['record', 'batch'] as const)('takes a record of 20 MB, and again, by %s', async (objects) => {
      const large = entryOf('large', 'c-1', { text: 'x'.repeat(20_000_000) });
      const store = open({ objects });
      const [written] = await store.write('b-1', [large]);
      expect(written).toMatchObject({ outcome: 'written' });
      // Refused before, or while, its bytes come.
      expect(await store.write('b-1', [large])).toMatchObject([{ outcome: 'present' }]);
      expect(await store.holds(referenceTo(large, written))).toBe(true);
      const [found] = await all(store.list(DAY));
      expect(await found?.sha256()).toBe(sha256Of(large.json));
    });

    it('lists batches beside records that are kept apart', async () => {
      const [apart, ...rest] = entriesOf(5);
      if (apart === undefined) throw new Error('an entry');
      const store = open({ objects: 'batch' });
      await store.write('b-1', [{ ...apart, apart: true }, ...rest]);
      const digests = await Promise.all((await all(store.list(DAY))).map(({ sha256 }) => sha256()));
      expect(digests.sort()).toEqual([apart, ...rest].map(({ json }) => sha256Of(json)).sort());
      expect(await place.keys()).toEqual([`${DAY}/b-1.ndjson.gz`, `${DAY}/${apart.name}.json`]);
    });

    it.each([-HOUR_MS, HOUR_MS])('writes although its clock is %i ms off', async (offset) => {
      const others = [
        'nextTick',
        'setImmediate',
        'setTimeout',
        'setInterval',
        'performance',
        'queueMicrotask',
      ] as const;
      jest.useFakeTimers({ now: Date.now() + offset, doNotFake: [...others] });
      const store = open();
      await store.check();
      expect(await store.write('b-1', [entryOf('one')])).toMatchObject([{ outcome: 'written' }]);
    });
  });
}
