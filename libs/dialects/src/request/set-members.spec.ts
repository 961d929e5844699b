import { setMembers } from './set-members';

const set = (text: string, values: Record<string, unknown>): string => setMembers(Buffer.from(text), values).toString();

describe('setMembers', () => {
  it('replaces a value and keeps every other byte', () => {
    const text = '{ "a" : 1.0, "model":"x" , "big": 12345678901234567890,\n"t":"\\u00e9" }';
    expect(set(text, { model: 'ü' })).toBe(text.replace('"x"', '"ü"'));
  });

  it('replaces a member that stands there twice in both places, by whatever escapes it is written', () => {
    expect(set('{"model":"a","\\u006dodel":"b"}', { model: 'c' })).toBe('{"model":"c","\\u006dodel":"c"}');
  });

  it('puts what is missing in front', () => {
    expect(set('{"a":1}', { model: 'm', stream: true })).toBe('{"model":"m","stream":true,"a":1}');
    expect(set(' {} ', { model: 'm' })).toBe(' {"model":"m"} ');
    expect(set('{"model":"a", "b":2}', { model: 'm', max_tokens: 5 })).toBe('{"max_tokens":5,"model":"m", "b":2}');
  });

  it('hands back the same bytes when nothing changes', () => {
    const body = Buffer.from('{"model":"m"}');
    expect(setMembers(body, { model: 'm' })).toBe(body);
    expect(setMembers(body, {})).toBe(body);
  });

  it('leaves members of the same name further inside alone', () => {
    expect(set('{"x":{"model":"in"},"model":"out"}', { model: 'm' })).toBe('{"x":{"model":"in"},"model":"m"}');
  });
});
