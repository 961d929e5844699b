import fc from 'fast-check';
import { viewWithoutEscapes } from './escaped-view';

describe(viewWithoutEscapes.name, () => {
  it.each([
    [String.raw`a\nb`, 'a\nb'],
    [String.raw`a\\\\nb`, 'a\nb'],
    [String.raw`{\"a\":\"x\\u0040y\"}`, '{"a":"x@y"}'],
    ['arn%3Aaws%253Aiam', 'arn:aws:iam'],
    ['a&quot;b&#64;c&#x2F;d&amp;', 'a"b@c/d&'],
    [String.raw`https:\/\/h`, 'https://h'],
  ])('reads %j as %j', (text, expected) => {
    expect(viewWithoutEscapes(text)?.text).toBe(expected);
  });

  it.each(['plain text', '100% sure & safe', String.raw`C:\Users\42`])('has nothing to undo in %j', (text) => {
    expect(viewWithoutEscapes(text)).toBeUndefined();
  });

  it('knows for every character where it came from', () => {
    const part = fc.oneof(
      fc.constantFrom(String.raw`\n`, String.raw`\\"`, String.raw`\u0041`, '%3A', '%2541', '&lt;'),
      fc.string({ unit: fc.constantFrom('a', '\\', '%', '&', '한', ' '), maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const view = viewWithoutEscapes(text);
        if (view === undefined) return;
        const origins = Array.from({ length: view.text.length + 1 }, (_, at) => view.originOf(at));
        expect([origins[0], origins.at(-1)]).toEqual([0, text.length]);
        for (let at = 0; at < view.text.length; at += 1) {
          const source = text.slice(origins[at], origins[at + 1]);
          const decoded = source.length === 1 ? source : viewWithoutEscapes(source)?.text;
          expect(decoded).toBe(view.text[at]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a text with few escapes', () => {
  const far = 'word '.repeat(1_000);

  it('is in the view only where it is near one, cut between words', () => {
    const text = `${far}alice%40example.com ${far}bob&#64;example.com ${far}`;
    const view = viewWithoutEscapes(text);
    expect(view?.text.length).toBeLessThan(3_000);
    for (const name of ['alice@example.com', 'bob@example.com']) {
      const at = view?.text.indexOf(name) ?? -1;
      const origin = view?.originOf(at) ?? -1;
      expect(text.slice(origin, view?.originOf(at + name.length)).replace(/%40|&#64;/, '@')).toBe(name);
    }
    expect(view?.text).toMatch(
      /^\n(?:word )+alice@example\.com (?:word )*word\n(?:word )+bob@example\.com (?:word )*word$/,
    );
  });

  it('keeps what has no place to be cut', () => {
    const text = `${'x'.repeat(5_000)}%40${'y'.repeat(5_000)}`;
    expect(viewWithoutEscapes(text)?.text).toBe(text.replace('%40', '@'));
  });
});
