import type { MaskKind } from '../kinds/kinds';
import { KnownValues } from './known-values';

/** What is found in a text after values have been learnt. */
function foundIn(text: string, ...learnt: readonly (readonly [MaskKind, string])[]): string[] {
  const known = new KnownValues();
  for (const [kind, value] of learnt) known.learn(kind, value);
  return known.find(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

describe(KnownValues.name, () => {
  it('finds what it learnt wherever it stands alone', () => {
    const text = String.raw`my-b-1 "my-b-1" xmy-b-1 my-b-12 /my-b-1/k \nmy-b-1입니다 !p4ss! MY-B-1`;
    expect(foundIn(text, ['aws-s3-bucket', 'my-b-1'], ['generic-assignment', '!p4ss!'])).toEqual([
      ...Array.from({ length: 4 }, () => 'aws-s3-bucket my-b-1'),
      'generic-assignment !p4ss!',
    ]);
  });

  it('finds values that begin alike', () => {
    expect(foundIn('team-1 team-2', ['host', 'team-1'], ['host', 'team-2'])).toEqual(['host team-1', 'host team-2']);
  });

  it('ends a value with the text, though a longer one begins alike', () => {
    const known = new KnownValues();
    known.learn('host', 'team-1');
    known.learn('host', 'team-12345');
    expect(known.find('at team-1')).toEqual([{ kind: 'host', start: 3, end: 9 }]);
  });

  it.each<readonly [MaskKind, string]>([
    ['email', 'jo@acme.com'],
    ['host', 'a-1'],
    ['aws-arn', 'Deploy'],
    ['generic-assignment', 'production'],
    ['kr-bank-account', '국민은행계좌'],
  ])('does not learn the %s %s, which is found anyway or too common', (kind, value) => {
    expect(foundIn(value, [kind, value])).toEqual([]);
  });

  it('sees nothing inside what looks like a token', () => {
    expect(foundIn('MSKS3BK0123456789ABC', ['host', '0123456789ABC'], ['host', 'MSKS3BK0123456789ABC'])).toEqual([]);
  });
});
