import { findAll, findingsOf, itEndsOn } from '../detectors.fixture';
import { NETWORK_DETECTORS } from './network-detectors';

const VALUES = [
  ['ip', '203.0.113.7'],
  ['ip', '10.0.0.5'],
  ['ip', '2001:db8::1'],
  ['ip', '::ffff:192.0.2.1'],
  ['ip', '02:42:ac:11:00:02'],
  ['host', 'db-1.prod.internal'],
  ['host', 'jenkins.corp'],
  ['host', 'api.default.svc.cluster.local'],
] as const;

const CONTEXTS = [
  'at X, then X. (X) [X] {X} <X> "X" `X` **X** *X* ~~X~~ <b>X</b>',
  '?a=X&b=X#c',
  '| X |X|',
  '서버는X입니다. X을 X에서',
  '_X_ =X :X\nkey: X\nKEY=X;',
  String.raw`{\"k\": \"X\"}\nX\tX\u0022`,
  '%20X%20 &lt;X&gt;',
  '<a href="X">X</a>,X,;X;',
  'ERROR 2026-01-02T03:04:05Z at X: refused',
];

describe('network values', () => {
  it.each(CONTEXTS)('are found in %s', (context) => {
    for (const [kind, value] of VALUES) {
      const count = context.split('X').length - 1;
      expect(findAll(context.replaceAll('X', value))).toEqual(Array.from({ length: count }, () => `${kind} ${value}`));
    }
  });

  itEndsOn(
    [
      '1.',
      '1.1.',
      '203.0.113.5 ',
      '1:',
      'a:',
      '::',
      'a::',
      ':',
      'aa:',
      'aa-',
      'aabb.',
      'fe80::1%',
      '.internal',
      'a.',
    ].concat([
      'a.internal ',
      'a-.local',
      'host=',
      'host: "',
      'host ',
      'ssh ',
      'ssh -i ',
      'scp a-1:x ',
      '\\\\',
      '\\\\a1\\b ',
      'a',
    ]),
    (text) => {
      for (const detector of NETWORK_DETECTORS) expect(findingsOf(detector, text).length).toBeLessThan(text.length / 5);
    },
  );
});
