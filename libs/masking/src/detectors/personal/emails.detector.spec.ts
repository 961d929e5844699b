import { findAll, itFinds, itIgnores } from '../detectors.fixture';
import { emails } from './emails.detector';

describe('email', () => {
  itFinds(emails, 'email', [
    '«alice@example.com», «bob.smith+tag@mail.example.co.uk».',
    '<«a@example.com»> "«b@example.com»" [«c@example.com»](mailto:«c@example.com») **«d@example.com»**',
    "'«o_connor@example.com»' user=«x@example.com»&y",
    '메일은«alice@example.com»입니다',
    String.raw`to:\n«nancy@example.com»\u003c«tom@example.com»\u003e`,
    '?to=«alice%40example.com»&cc=%20«bob@example.com»',
    '«alice@xn--bcher-kva.example» «root@db1.eu-west-1.example.io»',
    '...«alice@example.com»-- deploy «user@host.example.com»:/srv',
  ]);

  describe('in other scripts', () => {
    itFinds(emails, 'email', [
      '«user@bücher.example» «hans.müller@test.com» «hans@müller.com»',
      '연락처 «홍길동@회사.한국»입니다. «kim@회사.com»으로',
      '«иван@почта.рф», «用户@例子.中国»',
      '메일: «kim.cs@naver.com», 문의는«help@daum.net»로',
    ]);
  });

  describe('of unusual form', () => {
    itFinds(emails, 'email', [
      '«bob@3x.com» «x@x.au» «test@1337.com» «user.name+tag+sorting@example.com»',
      "mail «o'brien@example.com» or «sean.o'neil@example.ie»; f'«alice@example.com»'",
      'to «"john doe"@example.com» and <«"foo@bar"@example.com»>',
      `«${'a'.repeat(64)}@example.com»`,
      '«postmaster@[192.0.2.1]» «admin@[IPv6:2001:db8::1]»',
      '«user%example.com@example.org» «mailhost!username@example.org» «postmaster@xn--fsqu00a.xn--0zwm56d»',
      'to%3D«alice@example.com» Hi! «bob@example.com» !«carol@example.com»',
      'write to «alice [at] example [dot] com» or «bob(at)example(dot)co(dot)kr».',
      '_«alice@example.com»_ |«bob@example.com»| `«carol@example.com»` <b>«dan@example.com»</b>',
      'sip:«eve@example.com» mailto://«eve@example.com» https://example.com/u/«eve@example.com»?q=«fay@example.com»',
    ]);
  });

  itIgnores([
    'logo@2x.png icon@3x.webp AppIcon@2x.imageset',
    'react@19.0.0 pkg@1.2.3-beta.rc foo@1.0.0.tgz actions/checkout@v4.1.1 @types/node@20.11.5',
    'git@github.com:org/repo.git org-123@github.com:org/repo.git git@gitlab.example.com/x',
    '@Injectable() class A { @Input.required() b } export @Component.foo',
    'user@localhost, invalidemail@ and @invalid.com, my email is info@presidio.',
    'getty@tty1.service user@1000.service return this@MainActivity.title',
    'https://alice@repo.example.com/x ssh://git@host.example.com',
    'y = a@b.transpose() + W@x.T; i7@2.8GHz 1080p@59.94fps',
    'nobody at example dot com',
  ]);

  it('leaves logins to what they are', () => {
    expect(findAll('https://user:pa_ss-1@db.example.com/x')).toEqual(['basic-auth-url pa_ss-1']);
    expect(findAll('ssh deploy@web.example.com')).toEqual(['host web.example.com']);
  });
});
