import fc from 'fast-check';
import { safeCallId, safeName } from './safe-name';
import { serialiseRecord } from './serialise-record';

describe(safeName.name, () => {
  it.each([
    ['chatcmpl-123_a.B', 'chatcmpl-123_a.B'],
    ['a/b\\c d', 'a_b_c_d'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['日本', '__'],
    ['😀', '__'],
    ['a\0b', 'a_b'],
    ['', 'unknown'],
    ['.', '_'],
    ['..', '__'],
    ['.env', '.env'],
    ['...', '...'],
    ['a.json', 'a.json'],
    ['chatcmpl-1:2', 'chatcmpl-1_2'],
    ['a%2Fb', 'a_2Fb'],
    ['a\ud800b', 'a_b'],
    ['e\u0301', 'e_'],
    [' ', '_'],
    ['\n', '_'],
    ['-rf', '-rf'],
    ['CON', 'CON'],
  ])('turns %j into %j', (id, name) => expect(safeName(id)).toBe(name));

  it('cuts long ids and keeps them apart', () => {
    const [one, two] = [safeName(`${'x'.repeat(500)}1`), safeName(`${'x'.repeat(500)}2`)];
    expect(one).toHaveLength(160);
    expect(one).toMatch(/^x{127}-[0-9a-f]{32}$/);
    expect(one).not.toBe(two);
  });

  it('always leaves room for the longest file name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'binary' }), fc.string({ maxLength: 400 }), (id, callId) => {
        const name = `${safeName(id)}.${safeCallId(callId)}.json`;
        return /^[A-Za-z0-9._-]{1,255}$/.test(name) && safeName(id) !== '..';
      }),
    );
  });
});

describe(serialiseRecord.name, () => {
  const record = { id: 'chatcmpl-1', litellm_call_id: 'call-1', startTime: Date.UTC(2026, 10, 21, 23, 59, 59) / 1000 };

  it('takes day, name and call id from the record and the text as it is', () => {
    const entry = serialiseRecord({ ...record, id: 'a/b', ...{ cost: 1e-7 } });
    expect(entry).toEqual({
      callId: 'call-1',
      date: '2026-11-21',
      name: 'a_b',
      json: '{"id":"a/b","litellm_call_id":"call-1","startTime":1795305599,"cost":1e-7}',
    });
  });

  it('replaces only what cannot be serialised, and says so without quoting it', () => {
    const circular: Record<string, unknown> = { secret: 'value' };
    circular['self'] = circular;
    const { json } = serialiseRecord({ ...record, ...{ messages: ['kept'], response: circular, big: 1n } });
    expect(JSON.parse(json)).toEqual({
      ...record,
      messages: ['kept'],
      response: null,
      big: null,
      serialisation_error: { response: 'TypeError', big: 'TypeError' },
    });
    expect(json).not.toContain('secret');
  });

  it.each([NaN, Infinity, 1e300])('files a record with the start time %p under today', (startTime) => {
    const today = new Date().toISOString().slice(0, 10);
    expect([today, new Date().toISOString().slice(0, 10)]).toContain(serialiseRecord({ ...record, startTime }).date);
  });

  it.each([
    [undefined, 'unknown'],
    [null, 'unknown'],
    ['', 'unknown'],
    [{}, 'unknown'],
    [4711, '4711'],
    [-1.5, '-1.5'],
    [12345678901234567890n, '12345678901234567890'],
  ])('names a record with the id %p %p', (id, name) => {
    const odd = { ...record, id, litellm_call_id: id } as unknown as typeof record;
    expect(serialiseRecord(odd)).toMatchObject({ name, callId: name });
  });

  it('writes what JSON has no word for as JSON does', () => {
    const odd = { nan: NaN, end: -Infinity, when: new Date(0), never: new Date(NaN), none: undefined, run: () => 1 };
    expect(JSON.parse(serialiseRecord({ ...record, ...odd }).json)).toEqual({
      ...record,
      nan: null,
      end: null,
      when: '1970-01-01T00:00:00.000Z',
      never: null,
    });
  });

  const throwing = (): never => {
    throw new RangeError('secret');
  };

  it.each([
    [
      'in a value',
      { response: { toJSON: throwing } },
      { response: null, serialisation_error: { response: 'RangeError' } },
    ],
    ['in the record', { toJSON: throwing }, { serialisation_error: {} }],
    ['that gives no object', { toJSON: () => 'text' }, { serialisation_error: {} }],
    ['that gives nothing', { toJSON: () => undefined }, { serialisation_error: {} }],
  ])('keeps the rest beside a toJSON %s', (_where, own, expected) => {
    const { json } = serialiseRecord({ ...record, ...own });
    expect(JSON.parse(json)).toEqual({ ...record, ...expected });
    expect(json).not.toContain('secret');
  });

  it('keeps the rest beside a getter that throws', () => {
    const odd = Object.defineProperty({ ...record }, 'messages', { enumerable: true, get: throwing });
    expect(JSON.parse(serialiseRecord(odd).json)).toEqual({
      ...record,
      messages: null,
      serialisation_error: { messages: 'RangeError' },
    });
  });

  it('writes text that every JSON store takes', () => {
    const entry = serialiseRecord({ ...record, litellm_call_id: 'a\0\ud800', ...{ text: '\0 \ud800 \u2028' } });
    expect(entry.callId).toBe('a__');
    expect(entry.json).toContain('\\u0000 \\ud800');
    expect(entry.json).not.toContain('\0');
    expect(entry.json.isWellFormed()).toBe(true);
  });
});
