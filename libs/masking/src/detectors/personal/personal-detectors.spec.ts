import { findAll, findingsOf, itEndsOn } from '../detectors.fixture';
import { creditCards } from './credit-cards.detector';
import { emails } from './emails.detector';
import { ibans, lowerCaseIbans } from './ibans.detector';
import { usSsns } from './us-ssns.detector';

const VALUES = [
  ['email', 'alice@example.com'],
  ['email', "sean.o'neil@example.ie"],
  ['credit-card', '4242424242424242'],
  ['credit-card', '5555-5555-5555-4444'],
  ['credit-card', '3782 822463 10005'],
  ['iban', 'DE89370400440532013000'],
  ['iban', 'GB29 NWBK 6016 1331 9268 19'],
  ['us-ssn', '536-90-4399'],
] as const;

const CONTEXTS = [
  'at X, then X. (X) [X] {X} <X> "X" `X` **X** *X* ~~X~~ <b>X</b>',
  '?a=X&b=X#c',
  '| X |X|',
  '값은X입니다. X을 X에서',
  '_X_ =X :X\nkey: X\nKEY=X;',
  String.raw`{\"k\": \"X\"}\nX\tX\u0022`,
  '%20X%20 &lt;X&gt;',
  '<a href="X">X</a>,X,;X;',
  'ERROR 2026-01-02T03:04:05Z at X: refused',
];

describe('personal values', () => {
  it.each(CONTEXTS)('are found in %s', (context) => {
    for (const [kind, value] of VALUES) {
      const count = context.split('X').length - 1;
      expect(findAll(context.replaceAll('X', value))).toEqual(Array.from({ length: count }, () => `${kind} ${value}`));
    }
  });

  itEndsOn(
    [
      '1',
      '1 ',
      '1-',
      '4111 ',
      '4111-1111-1111-1111 ',
      'a@',
      'a@a.',
      '@',
      '%40',
      '가@',
      '"a"@b.cd ',
      '://a@a.',
      'ssh a@b.c',
    ].concat([
      'user@[',
      '[at]',
      'DE89 ',
      'DE89',
      'iban de89',
      'AA00',
      '123-45-6780 ',
      '078 05 1123 ',
      'a',
      'a.',
      '0',
      "o'a@b.",
    ]),
    (text) => {
      for (const detector of [emails, ibans, lowerCaseIbans, creditCards, usSsns]) {
        expect(findingsOf(detector, text).length).toBeLessThan(text.length / 5);
      }
    },
  );
});
