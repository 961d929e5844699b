import fc from 'fast-check';
import { TOKEN_LENGTH } from '../tokens/token-format';
import { JsonNesting } from '../json/json-nesting';
import { RestoreLane } from './restore-lane';
import { emptyGrants, laneFor, restoreText } from './restore.fixture';

const grants = emptyGrants();
const AWKWARD = 'p"w\\ \n값🚀';
const MAIL = grants.tokenFor('email', 'alice@example.com');
const ODD = grants.tokenFor('email', AWKWARD);
/** A value that is itself a granted token: it must not be restored a second time. */
const NESTED = grants.tokenFor('aws-s3-bucket', MAIL);
const FOREIGN = emptyGrants('x').tokenFor('email', 'alice@example.com');

const restored = (text: string): string => restoreText(text, grants);

describe(RestoreLane.name, () => {
  it('restores granted tokens wherever they stand, and no other', () => {
    expect(restored(`${MAIL}, x${MAIL}s ${MAIL}입니다`)).toBe(
      'alice@example.com, xalice@example.coms alice@example.com입니다',
    );
    const others = `${FOREIGN} ${MAIL.slice(0, 19)} MSK MSKMAIL0000000000000`;
    expect(restored(others)).toBe(others);
  });

  it('does not search what it restored, nor what a replacement could mean', () => {
    expect(restored(NESTED)).toBe(MAIL);
    const pattern = grants.tokenFor('generic-assignment', "$& $1 $` $' $$");
    expect(restored(`a ${pattern} b`)).toBe("a $& $1 $` $' $$ b");
  });

  it('knows a token in whatever case it is written, but in no other letters', () => {
    const title = MAIL[0] + MAIL.slice(1).toLowerCase();
    expect(restored(`${MAIL.toLowerCase()} ${title}`)).toBe('alice@example.com alice@example.com');
    const alike = `${MAIL.replace('S', '\u017f')} ${MAIL.toLowerCase().replace('k', '\u212a')}`;
    expect(restored(alike)).toBe(alike);
  });

  it('finds a token behind the false start of another', () => {
    expect(restored(`MSK${MAIL}MSKMAIL${MAIL}`)).toBe('MSKalice@example.comMSKMAILalice@example.com');
  });

  const part = fc.oneof(
    fc.constantFrom(
      MAIL,
      ODD,
      NESTED,
      FOREIGN,
      MAIL.slice(0, 11),
      'M',
      'MS',
      'MSK',
      '"',
      '\\',
      '{"a":"',
      '\n',
      '값',
      '🚀',
    ),
    fc.string({ maxLength: 6 }),
  );

  it.each([
    ['plain text', {}],
    ['JSON', { isJson: true }],
    ['arguments of a tool that fetches', { isJson: true, tool: 'fetch' }],
  ])('gives the same result however %s is cut, and holds back less than a token', (_what, form) => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.array(fc.nat({ max: 25 }), { minLength: 1 }), (parts, cuts) => {
        const text = parts.join('');
        const lane = laneFor(grants, form);
        let result = '';
        let received = 0;
        for (let at = 0, turn = 0; at < text.length; turn += 1) {
          const length = Math.max(1, cuts[turn % cuts.length] as number);
          const chunk = text.slice(at, at + length);
          result += lane.push(chunk);
          received += chunk.length;
          at += length;
          const held = restoreText(text.slice(0, received), grants, form).length - result.length;
          // Hosts of URLs and tools that fetch are waited for.
          if (!('tool' in form) && !/[/\\:]/.test(text)) expect(held).toBeLessThan(TOKEN_LENGTH);
        }
        expect(result + lane.flush()).toBe(restoreText(text, grants, form));
      }),
      { numRuns: 300 },
    );
  });

  it('holds nothing when the end cannot become a token', () => {
    const lane = laneFor(grants);
    expect(lane.push('plain text ')).toBe('plain text ');
    expect(lane.push(`x ${MAIL.slice(0, 5)}`)).toBe('x ');
    expect(lane.push('?')).toBe(`${MAIL.slice(0, 5)}?`);
  });
});

describe('a value in JSON', () => {
  const json = (value: unknown): string => JSON.stringify(value);

  it.each([
    ['a string', (v: string) => json({ a: v })],
    ['a name', (v: string) => json({ [v]: 1 })],
    ['JSON in a string', (v: string) => json({ a: json({ b: `${v} "` }) })],
    ['JSON in JSON in a string', (v: string) => json([json([json({ c: v })]), v])],
    ['prose with quotes', (v: string) => json({ a: `he said "${v}" and "x` })],
    ['text behind escapes', (v: string) => `{"a":"\\u0041\\"\\\\${json(v).slice(1, -1)}\\n"}`],
    [
      'prose behind brackets',
      (v: string) => json({ a: `[note] user="${v}"`, b: `{x} "${v}"`, c: `{"a":1} then "${v}"` }),
    ],
    ['lines of JSON', (v: string) => json({ a: `${json({ b: true })}\n${json({ b: [-1.5e3, null, v] })}` })],
    ['JSON that begins with an escaped brace', (v: string) => `{"a":"\\u007b${json(json(v)).slice(1, -1)}}"}`],
  ])('escapes a value in %s as its place demands', (_where, build) => {
    const text = restoreText(build(ODD), grants, { isJson: true });
    expect(text).toBe(build(AWKWARD));
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });
});

describe(JsonNesting.name, () => {
  it('knows how many strings enclose the end', () => {
    const depths = Array.from('{"a":"{\\"b\\":\\"x', (_unit, index) => {
      const nesting = new JsonNesting();
      nesting.feed('{"a":"{\\"b\\":\\"x'.slice(0, index + 1));
      return nesting.depth;
    });
    expect(depths.join('')).toBe('01100111222111222'.slice(0, depths.length));
  });
});
