import { findingsOf, itEndsOn, itFinds } from '../detectors.fixture';
import { sampleOf } from './sample-secrets.fixture';
import { tokenDetector } from './token-detector';
import { alnum, behind, hex, MIXED, vendor, word } from './token-rule';

const detector = tokenDetector([
  vendor('tok_ TOK-', alnum(12, 20)),
  vendor('fix_', hex(16)),
  vendor('in_', `=([a-z0-9]{16})`),
  vendor('.mid.', alnum(12), { lead: behind('[A-Za-z0-9]{8}') }),
  vendor('mix-', word(12, 40), MIXED),
  vendor('b64', alnum(16), { outsideBase64: true }),
  vendor('named:', '[a-z-]{4,20}', { chosen: true }),
]);
const t = (template: string): string => sampleOf(template);

describe(tokenDetector.name, () => {
  itFinds(detector, 'vendor-token', [
    t('«tok_{alnum16}»'),
    t('«TOK-{alnum16}»'),
    t('x=«fix_{hex16}»;'),
    t('MY_«fix_{hex16}»_'),
    t('키«fix_{hex16}»입니다'),
    t(String.raw`a\n«fix_{hex16}»\n`),
    t('_«mix-{word20}»_ and **«mix-{word20}»**.'),
    t('in_=«{lower16}»'),
    t('«{alnum8}.mid.{alnum12}», twice «{alnum8}.mid.{alnum12}»'),
    t('%22«{alnum8}.mid.{alnum12}»%22'),
    t('//«b64{alnum16}»'),
    '«named:my-own-words»',
  ]);

  it.each([
    t('xtok_{alnum16}'),
    t('TOK_{alnum16}'),
    t('fix_{hex16}a'),
    t('fix_{hex12}'),
    `tok_${'x'.repeat(16)}`,
    'tok_1111222211112222',
    'mix-my-secret-key-for-tests',
    'mix-your-key-1A2b3C4d5E6f',
    t('aa/b64{alnum16}'),
    t('b64{alnum16}+a'),
    'named:your-name',
  ])('finds nothing in %s', (text) => {
    expect(findingsOf(detector, text)).toEqual([]);
  });

  itEndsOn(['tok_', 'fix_0', '.mid.', 'mix-', 'mix-1A2b', 'in_='], (text) => {
    expect(findingsOf(detector, text).length).toBeLessThan(text.length / 12);
  });
});
