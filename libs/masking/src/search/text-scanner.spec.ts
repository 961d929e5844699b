import { DETECTORS } from '../detectors/detectors';
import { findAll, itEndsOn } from '../detectors/detectors.fixture';
import { resolveOverlaps } from './resolve-overlaps';
import { TextScanner } from './text-scanner';

const scanner = new TextScanner({ detectors: DETECTORS, cachedTexts: 0 });

describe(TextScanner.name, () => {
  it('sees nothing inside what looks like a token', () => {
    expect(findAll('s3://MSKS3BK0123456789ABC/x MSKMAIL0123456789ABC@example.com')).toEqual([]);
  });

  it.each([
    [
      'an ARN in a query',
      'x=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2FDeploy',
      ['aws-account-id 123456789012', 'aws-arn Deploy'],
    ],
    [
      'an address in JSON in JSON',
      String.raw`{\\\"a\\\":\\\"x\\nalice\\\u0040example.com\\\"}`,
      [String.raw`email alice\\\u0040example.com`],
    ],
    ['an address in HTML', '<p>alice&#64;example.com&lt;', ['email alice&#64;example.com']],
  ])('finds %s and gives its place in the text that came', (_name, text, expected) => {
    expect(findAll(text)).toEqual(expected);
  });

  it.each([
    ['bucket', 'my-data-1', 'aws-s3-bucket'],
    ['account_id', '123456789012', 'aws-account-id'],
    ['password', 'hun"ter2!', 'generic-assignment'],
  ])('lets the member %s say what its value is', (name, value, kind) => {
    expect(scanner.find(value)).toEqual([]);
    expect(scanner.find(value, name)).toEqual([{ kind, start: 0, end: value.length }]);
  });

  it('takes no beginning of a longer number for a card where the view without escapes ends', () => {
    const word = '.'.repeat(32_768 - 16);
    expect(findAll(`%41${word}4111111111111111`)).toEqual(['credit-card 4111111111111111']);
    expect(findAll(`%41${word}4111111111111111${'0'.repeat(9)}`)).toEqual([]);
  });

  itEndsOn(
    ['a.a.a.', 'a@a@', 'a@a.a.', '@', '-12345678', 's3.s3.', 'amazonaws.com.s3.', 'bucket="a-', 'arn:aws:iam::'].concat(
      ['account ', '123456789012 ', 'MSK', '[[', '\\n', 'AKIA', '%40', 'ou-a1b2-', 's3://a.'],
      ['token="', 'password\\u003d', 'password: *a', '12→kind: secret\n', '1/1199123456789012:', 'host=', 'AA00'],
    ),
    (text) => {
      expect(scanner.find(text).length).toBeLessThanOrEqual(text.length / 5);
    },
  );
});

describe(resolveOverlaps.name, () => {
  it('joins findings that overlap in part, so that no rest of a value stays', () => {
    const resolved = resolveOverlaps([
      { kind: 'email', start: 0, end: 10 },
      { kind: 'aws-arn', start: 5, end: 25 },
      { kind: 'aws-s3-bucket', start: 25, end: 30 },
    ]);
    expect(resolved).toEqual([
      { kind: 'aws-arn', start: 0, end: 25 },
      { kind: 'aws-s3-bucket', start: 25, end: 30 },
    ]);
  });
});
