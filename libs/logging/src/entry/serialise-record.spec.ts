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

  it('writes text that every JSON store takes', () => {
    const entry = serialiseRecord({ ...record, litellm_call_id: 'a\0\ud800', ...{ text: '\0 \ud800 \u2028' } });
    expect(entry.callId).toBe('a__');
    expect(entry.json).toContain('\\u0000 \\ud800');
  });
});
