import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { DayRecords, shortDigest } from './day-records';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const record = (name: string, callId: string, text = callId) => ({ name, callId, sha256: sha(text), waiting: false });
const file = (name: string, text?: string) => ({
  name,
  digest: text === undefined ? undefined : shortDigest(sha(text)),
});

function dayOf(...records: ReturnType<typeof record>[]): DayRecords {
  const day = new DayRecords();
  for (const each of records) day.add(each);
  return day;
}

const placesOf = (day: DayRecords) => [...day].map(({ callId, file: found }) => [callId, found?.name]).sort();

describe(DayRecords.name, () => {
  it('counts a record once that two gateways tell of', () => {
    expect(dayOf(record('a', 'c1'), record('a', 'c1'), record('a', 'c2'), record('a', 'c1', 'other')).size).toBe(3);
  });

  it.each([[['n', 'n.c2']], [['n.c2', 'n']]])('gives records with one name a file each: %j', (names) => {
    const day = dayOf(record('n', 'c1'), record('n', 'c2'));
    expect(names.map((name) => day.place(file(name)))).toEqual(['placed', 'placed']);
    expect(placesOf(day)).toEqual([
      ['c1', 'n'],
      ['c2', 'n.c2'],
    ]);
  });

  it('knows the second name of the first of several records too', () => {
    const day = dayOf(record('n', 'c1'), record('n', 'c2'));
    expect(['n.c1', 'n'].map((name) => day.place(file(name)))).toEqual(['placed', 'placed']);
    expect(placesOf(day)).toEqual([
      ['c1', 'n.c1'],
      ['c2', 'n'],
    ]);
  });

  it('finds the file that is one too many, and the one that nobody accepted', () => {
    const day = dayOf(record('n', 'c1'));
    expect(['n', 'n.c1', 'x', 'n.c9'].map((name) => day.place(file(name)))).toEqual([
      'placed',
      'twice',
      'unknown',
      'unknown',
    ]);
  });

  it('makes room when names and call ids hold dots', () => {
    const day = dayOf(record('a', 'b.c'), record('a.b', 'c'), record('a.b.c', 'd'));
    expect(['a.b.c', 'a.b', 'a'].map((name) => day.place(file(name)))).toEqual(['placed', 'placed', 'placed']);
  });

  it('prefers the record whose content the file has', () => {
    const day = dayOf(record('n', 'c1'), record('n', 'c2'), record('n', 'c3'));
    day.place(file('n', 'c2'));
    expect(placesOf(day)).toContainEqual(['c2', 'n']);
  });

  it('places as many files as can be, in any order', () => {
    const part = fc.stringMatching(/^[ab](\.[ab]){0,2}$/);
    const pairs = fc.uniqueArray(fc.record({ name: part, callId: part }), {
      maxLength: 8,
      selector: ({ name, callId }) => JSON.stringify([name, callId]),
    });
    const written = fc.tuple(pairs, fc.infiniteStream(fc.nat())).map(([records, chance]) => {
      // Written as the worker writes: the name, or with the call id when that is taken; any order of looking.
      const taken = new Set<string>();
      const kept = records.filter(({ name, callId }) => {
        const free = [name, `${name}.${callId}`].find((path) => !taken.has(path));
        if (free !== undefined) taken.add(free);
        return free !== undefined;
      });
      const order = [...taken].map((path) => ({ path, at: chance.next().value as number }));
      return { kept, files: order.sort((a, b) => a.at - b.at).map(({ path }) => path) };
    });
    fc.assert(
      fc.property(written, ({ kept, files }) => {
        const day = dayOf(...kept.map(({ name, callId }) => record(name, callId)));
        expect(files.map((name) => day.place(file(name)))).toEqual(files.map(() => 'placed'));
        expect([...day].every((each) => each.file !== undefined)).toBe(true);
      }),
    );
  });
});
