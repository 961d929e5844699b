import { replaceModel } from './replace-model';

describe(replaceModel.name, () => {
  const change = (text: string): string => replaceModel(Buffer.from(text), 'new"one').toString();

  it('changes the model and no other byte', () => {
    const text = '{ "a": 1.0, "model" : "old", "n":12345678901234567890, "m":{"model":"old"}, "t":"\\u00e9 é" }';
    expect(change(text)).toBe(text.replace('"old"', '"new\\"one"'));
  });

  it('changes every duplicate, whichever the upstream reads', () => {
    expect(change('{"model":"a","model":"b"}')).toBe('{"model":"new\\"one","model":"new\\"one"}');
  });

  it('hands back the same buffer when the name is right already', () => {
    const body = Buffer.from('{"model":"x"}');
    expect(replaceModel(body, 'x')).toBe(body);
  });
});
