import { findingsOf, itFinds } from '../detectors.fixture';
import { sampleOf } from './sample-secrets.fixture';
import { tokenDetector } from './token-detector';
import { discordBots } from './discord-bots.detector';
import { VENDOR_DETECTORS, VENDOR_RULES, vendorTokens } from './vendors-detectors';
import { TOKENS_IN_CONTEXT } from './vendor-tokens-in-context.fixture';
import { TOKENS } from './vendor-tokens.fixture';

describe('vendorTokens', () => {
  describe.each(Object.entries(TOKENS))('%s', (kind, templates) => {
    itFinds(
      vendorTokens,
      kind as keyof typeof TOKENS,
      templates.map((template, at) => sampleOf(`«${template}»`, at)),
    );
  });

  describe.each(Object.entries(TOKENS_IN_CONTEXT))('%s', (kind, templates) => {
    itFinds(
      vendorTokens,
      kind as keyof typeof TOKENS_IN_CONTEXT,
      templates.map((template, at) => sampleOf(template, at)),
    );
  });

  it.each(VENDOR_RULES.map((rule) => [rule.prefixes.join(' '), rule] as const))('has samples for %s', (_name, rule) => {
    const detector = tokenDetector([rule]);
    const samples = [...Object.values(TOKENS), ...Object.values(TOKENS_IN_CONTEXT)]
      .flat<readonly (readonly string[])[]>()
      .map((template, at) => sampleOf(template, at).replaceAll(/[«»]/g, ''));
    expect(samples.some((sample) => findingsOf(detector, sample).length === 1)).toBe(true);
  });

  itFinds(
    vendorTokens,
    'github-token',
    [
      '«S»,',
      '«S».',
      '(«S»)',
      '**«S»**',
      '`«S»`',
      '<b>«S»</b>',
      '?a=«S»&b=2',
      '|«S»|',
      '[«S»]',
      '"«S»"',
      '«S»입니다',
      '키는«S»을',
      'TOKEN_«S»',
      'x=«S»',
      'x:«S»',
      'https://«S»@github.com/a/b',
      'Authorization: Bearer «S»',
    ].map((text) => text.replace('S', sampleOf('ghp_{alnum36}'))),
  );

  it.each([
    `ghp_${'x'.repeat(36)}`,
    'glpat-XXXXXXXXXXX-XXXXXXXX',
    'GR1348941' + '123'.repeat(7),
    'sk-your-key-here-sk-your-key-here',
    'sk-proj-my-super-secret-key-for-testing-only',
    'task-0123456789abcdefghijklmnopqrstuvwxyz',
    'xoxb-12345-abcd234',
    'xoxb-xoxb-my-bot-token',
    'xoxp-1234567890',
    'xoxp-572370529330-573807301142-572331691188-####################',
    'sk-container-id-1-toggleable-content-fitted-2026',
    'xoxe.xoxp-1-SlackAppConfigurationAccessTokenHere',
    'https://github.com/xoxa-nyc/xoxa-nyc.github.io',
    's.AcceptanceTimeoutSeconds ',
    's.thisstringisalllowercase',
    '//registry.npmjs.org/:_authToken=${NPM_TOKEN}',
    sampleOf('pk_live_{alnum24}'),
    sampleOf('x{hex8}/EAAA{base64-80}/{base64-40}').slice(0, 90),
    sampleOf('aws-cli@sha256:eaaa{hex60}'),
    sampleOf('sk-ant-api03-{word93}BB').slice(0, 60),
    sampleOf('SZ{alnum22}.{alnum6}.{word27}'),
  ])('finds nothing in %s', (text) => {
    expect(VENDOR_DETECTORS.flatMap((detector) => findingsOf(detector, text))).toEqual([]);
  });
});

describe('discordBots', () => {
  itFinds(discordBots, 'vendor-token', [
    sampleOf('«MTk{alnum21}.{alnum6}.{word27}»'),
    sampleOf('Bot «Nz{alnum22}.{alnum6}.{word38}», and'),
    sampleOf('//«OD{alnum24}.{alnum6}.{word27}»입니다'),
  ]);
});
