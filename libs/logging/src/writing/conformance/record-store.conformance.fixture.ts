import { safeName } from '../../entry/safe-name';
import type { LogEntry } from '../../entry/log-entry';
import type { FoundRecord, RecordStore, WriteResult } from '../record-store.port';
import { DAY, entriesOf, entryOf, referenceTo, sha256Of } from './test-entries.fixture';
import type { TestPlace } from './test-place.fixture';

const outcomes = (results: readonly WriteResult[]): string[] => results.map(({ outcome }) => outcome);
const texts = async (place: TestPlace): Promise<string[]> => (await place.records()).map(([, text]) => text).sort();
const textsOf = (entries: readonly LogEntry[]): string[] => entries.map(({ json }) => json).sort();

async function all(found: AsyncIterable<FoundRecord>): Promise<{ path: string; name: string; sha256: string }[]> {
  const records = [];
  for await (const { path, name, sha256 } of found) records.push({ path, name, sha256: await sha256() });
  return records.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}

/** Records whose text or name is where others went wrong. */
const AWKWARD: readonly LogEntry[] = [
  entryOf('unicode', 'c-1', { text: 'Grüße 日本 😀 \u2028 \u2029 \u0000 \ud800 "\\/' }),
  { ...entryOf('numbers', 'c-2'), json: '{"big":12345678901234567890,"exact":0.10,"e":1E400,"twice":1,"twice":2}' },
  { ...entryOf('escapes', 'c-3'), json: '{"text":"\\u0000\\ud800 \\/ é \\" \\\\","content":"}"}' },
  { ...entryOf('spaced', 'c-4'), json: '{\n  "a": [1,\r\n 2]\n}' },
  { ...entryOf('empty', 'c-5'), json: '{}' },
  entryOf('large', 'c-6', { text: 'x'.repeat(3_000_000) }),
];

const IDS = [
  'a/b',
  'a\\b',
  '../../etc/passwd',
  '.',
  '..',
  '',
  '日本',
  '😀',
  'a\0b',
  'a\n',
  '.env',
  'a b%2f?#&=+<>',
  '-',
];

/** What every place for records does alike. */
export function describeRecordStore(title: string, start: () => Promise<TestPlace>): void {
  describe(title, () => {
    let place: TestPlace;
    const opened: RecordStore[] = [];
    const open = (options?: Parameters<TestPlace['open']>[0]): RecordStore => {
      const store = place.open(options);
      opened.push(store);
      return store;
    };
    beforeEach(async () => {
      place = await start();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
      await place.stop();
    });

    it('says that all is well, again and again, and leaves no record behind', async () => {
      const store = open({ prefix: 'logs/' });
      await store.check();
      await store.check();
      expect(await place.records()).toEqual([]);
      expect(await all(store.list(DAY))).toEqual([]);
    });

    it('keeps every record byte for byte', async () => {
      expect(outcomes(await open().write('b-1', AWKWARD))).toEqual(AWKWARD.map(() => 'written'));
      expect(await texts(place)).toEqual(textsOf(AWKWARD));
    });

    it('finds them present when they come again, also after a restart', async () => {
      await open().write('b-1', AWKWARD);
      const again = await open().write('b-1', AWKWARD);
      expect(outcomes(again)).toEqual(AWKWARD.map(() => 'present'));
      expect(await texts(place)).toEqual(textsOf(AWKWARD));
    });

    it('keeps records of the same name apart, and replaces none', async () => {
      const twins = [entryOf('twin', 'call-1'), entryOf('twin', 'call-2'), entryOf('twin', 'call-3')];
      for (const [index, twin] of twins.entries()) await open().write(`b-${index}`, [twin]);
      for (const [index, twin] of twins.entries()) {
        expect(outcomes(await open().write(`b-${index}`, [twin]))).toEqual(['present']);
      }
      expect(await texts(place)).toEqual(textsOf(twins));
    });

    it('takes whatever an id may be', async () => {
      const long = ['x'.repeat(500), `${'x'.repeat(500)}y`];
      const entries = [...IDS, ...long].map((id, index) => entryOf(id, `call-${index}`));
      const store = open({ prefix: 'logs/' });
      let left: readonly LogEntry[] = entries;
      // Some refuse, for now, one of two records that ask for the same name at the same time.
      for (let round = 0; left.length > 0 && round < entries.length; round += 1) {
        const results = await store.write('b-1', left);
        left = left.filter((_, index) => results[index]?.outcome === 'refused');
        for (const result of results) {
          if (result.outcome === 'refused') expect(result.error.retryable).toBe(true);
          else expect(['written', 'written_beside']).toContain(result.outcome);
        }
      }
      expect(await texts(place)).toEqual(textsOf(entries));
      const found = await all(open({ prefix: 'logs/' }).list(DAY));
      for (const entry of entries) {
        const record = found.find(({ sha256 }) => sha256 === sha256Of(entry.json));
        expect([entry.name, `${entry.name}.${entry.callId}`]).toContain(record?.name);
      }
    });

    it('lists what was written, by day, with the digest of its text', async () => {
      const entries = [...entriesOf(5), { ...entryOf('other'), date: '2026-11-22' }, ...AWKWARD];
      const store = open({ prefix: 'logs/' });
      const results = await store.write('b-1', entries);
      const expected = entries
        .map(({ date, json }, index) => {
          const result = results[index];
          return { date, path: result?.outcome === 'written' ? result.path : '', sha256: sha256Of(json) };
        })
        .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
      for (const date of [DAY, '2026-11-22', '2026-11-23']) {
        const listed = (await all(store.list(date))).map(({ path, sha256 }) => ({ date, path, sha256 }));
        expect(listed).toEqual(expected.filter((entry) => entry.date === date));
      }
      expect(expected.every(({ date, path }) => path.startsWith(`logs/${date}/`))).toBe(true);
    });

    it('tells prefixes apart that end inside a name', async () => {
      for (const prefix of ['team-', 'team-a-', 'team-a/', 'tea m/é&+']) {
        const store = open({ prefix });
        const entry = entryOf('same', `call-${prefix}`);
        expect(outcomes(await store.write('b-1', [entry]))).toEqual(['written']);
        expect(await all(store.list(DAY))).toMatchObject([{ sha256: sha256Of(entry.json) }]);
        expect((await place.records()).some(([path]) => path.startsWith(`${prefix}${DAY}/`))).toBe(true);
      }
    });

    it('knows whether it holds a record', async () => {
      const store = open({ prefix: 'logs/' });
      const [first, second] = entriesOf(2, { text: 'x' });
      if (first === undefined || second === undefined) throw new Error('two entries');
      const [result] = await store.write('b-1', [first]);
      expect(await store.holds(referenceTo(first, result))).toBe(true);
      expect(await store.holds(referenceTo(entryOf('chatcmpl-0', 'c', { text: 'x'.repeat(100) }), result))).toBe(false);
      const missing = { outcome: 'written', path: `logs/${DAY}/nothing.json` } as const;
      expect(await store.holds(referenceTo(second, missing))).toBe(false);
    });

    it('brings a batch of nothing to nothing', async () => {
      expect(await open().write('b-1', [])).toEqual([]);
      expect(await place.records()).toEqual([]);
    });

    it('refuses for now while its place fails, soon stops trying, and then has each record once', async () => {
      const entries = entriesOf(100);
      for (const [fault, begin] of Object.entries(place.faults)) {
        const before = place.traffic?.writes ?? 0;
        await begin();
        const results = await open({ prefix: safeName(fault), timeoutMs: 200 }).write('b-1', entries);
        expect(results).toHaveLength(100);
        for (const result of results) {
          expect(result).toMatchObject({ outcome: 'refused', error: { retryable: true } });
        }
        expect((place.traffic?.writes ?? 0) - before).toBeLessThan(25);
        await place.mend();
        const after = await open({ prefix: safeName(fault) }).write('b-1', entries);
        expect(outcomes(after).filter((outcome) => !['written', 'present'].includes(outcome))).toEqual([]);
        const mine = (await place.records()).filter(([path]) => path.startsWith(safeName(fault)));
        expect(mine.map(([, text]) => text).sort()).toEqual(textsOf(entries));
      }
    });

    it('says of a failing place that it cannot be read now', async () => {
      for (const begin of Object.values(place.faults)) {
        await open().write('b-1', [entryOf('one')]);
        await begin();
        const store = open({ timeoutMs: 200 });
        const failed = { code: expect.any(String) as string, retryable: true };
        const reading = [all(store.list(DAY)), store.holds(referenceTo(entryOf('one'), undefined))];
        const [listed] = await Promise.allSettled(reading);
        if (listed?.status === 'rejected') expect(listed.reason).toMatchObject(failed);
        else expect(listed?.value).toEqual([]);
        await place.mend();
      }
    });

    it('never has many writes under way at a time', async () => {
      await open().write('b-1', entriesOf(50));
      expect(place.traffic?.most ?? 1).toBeLessThanOrEqual(8);
    });
  });
}
