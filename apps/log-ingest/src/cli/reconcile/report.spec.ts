import { isClean, printReport, type Report } from './report';

const nothing: Report = {
  date: '2026-11-21',
  accepted: 3,
  complete: true,
  in_place: 3,
  waiting: [],
  dead_letters: [],
  missing: [],
  twice: [],
  unknown: [],
  different: [],
};
const record = { name: 'n', call_id: 'c' };
const linesOf = (changes: Partial<Report>): string[] => {
  const lines: string[] = [];
  printReport({ ...nothing, ...changes }, (line) => lines.push(line));
  return lines;
};

describe('the report of a day', () => {
  it.each<[boolean, Partial<Report>]>([
    [true, {}],
    [true, { waiting: [{ ...record, where: 'queue' }], dead_letters: [record], unknown: [{ file: 'u.json' }] }],
    [false, { complete: false }],
    [false, { missing: [record] }],
    [false, { twice: [{ file: 't.json' }] }],
    [false, { different: [{ ...record, file: 'n.json' }] }],
  ])('is clean: %s, with %j', (clean, changes) => {
    expect(isClean({ ...nothing, ...changes })).toBe(clean);
  });

  it('names each difference, and says when not all of the day is remembered', () => {
    expect(linesOf({})).toHaveLength(1);
    const [missing, forgotten, sum] = linesOf({ missing: [record], complete: false });
    expect(missing).toMatch(/^missing +n \(call c\)$/);
    expect(forgotten).toContain('LOG_LEDGER_DAYS');
    expect(sum).toContain('3 accepted, 3 in place');
  });
});
