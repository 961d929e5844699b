import { dropMembers } from './drop-members';

const drop = (body: string, ...names: string[]): string => dropMembers(Buffer.from(body), names).toString();

describe(dropMembers.name, () => {
  it.each([
    ['{ "a" : 1.0 , "b":[ {"a":2} ],"c":"ü" }', '{"b":[ {"a":2} ],"c":"ü"}'],
    ['{"b":1,"a":2}', '{"b":1}'],
    ['{"a":1,"b":2,"a":3}', '{"b":2}'],
    ['{"\\u0061":1,"b":2}', '{"b":2}'],
    ['{"a":1}', '{}'],
    ['{ "b" : 12345678901234567890 }', '{ "b" : 12345678901234567890 }'],
    ['[1]', '[1]'],
  ])('takes a out of %s', (body, rest) => {
    expect(drop(body, 'a')).toBe(rest);
  });

  it('hands back the same bytes when there is nothing to take out', () => {
    const body = Buffer.from('{"b":1}');
    expect([dropMembers(body, ['a']), dropMembers(body, [])]).toEqual([body, body]);
  });
});
