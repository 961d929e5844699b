import { findingsOf, itFinds } from '../detectors.fixture';
import { namedVendorSecrets } from './named-vendors.detector';
import { NAMED_VENDORS } from './named-vendors';
import { sampleOf } from './sample-secrets.fixture';

const SAMPLES: Readonly<Record<string, string>> = {
  base64: '{base64-85}',
  beamer: 'b_{word44}',
  dropbox: '{lower11}AAAAAAAAAA{word43}',
  jenkins: '11{hex32}',
  mailgun: '{hex32}-{hex8}-{hex8}',
  okta: '00{word40}',
  sidekiq: '{hex8}:{hex8}',
  sumo: 'su{alnum12}',
  telegram: '{digits9}:A{word34}',
  twitter: '{digits19}-{alnum30}',
  yandex: 'YC{word38}',
  uuid: '{uuid}',
};

/** One template a vendor and shape; the words of a vendor take turns. */
const TEMPLATES = NAMED_VENDORS.flatMap(([words, shapes]) =>
  shapes.split(' ').map((shape, at): readonly [string, string] => {
    const names = words.split(' ');
    const template = SAMPLES[shape] ?? `{${shape.replace('alnum', 'lower')}}`;
    return [names[at % names.length] as string, template];
  }),
);

describe('namedVendorSecrets', () => {
  itFinds(
    namedVendorSecrets,
    'vendor-token',
    TEMPLATES.map(([name, template], at) => sampleOf(`${name}_api_token = "«${template}»"`, at)),
  );

  itFinds(
    namedVendorSecrets,
    'vendor-token',
    [
      'datadogToken=«S»',
      '{"datadog_token": "«S»"}',
      '<datadogToken>\n  «S»\n</datadogToken>',
      'datadog_token: >\n  «S»',
      'var datadogToken string = "«S»"',
      'datadogToken,«S»,',
      '"datadogToken" => "«S»"',
      'DATADOG_TOKEN ?= «S»',
      'DATADOG_TOKEN :::= "«S»"',
      'datadog --datadog-api-key «S»',
      'The Datadog API key is «S».',
      'Datadog API 키: `«S»`',
      '| Datadog key | **«S»** |',
      '?datadog_key=«S»&a=1',
      'token_for_datadog=«S»을',
    ].map((text) => text.replace('S', sampleOf('{lower40}'))),
  );

  itFinds(namedVendorSecrets, 'github-token', [sampleOf('GITHUB_TOKEN=«{hex40}»')]);
  itFinds(namedVendorSecrets, 'npm-token', [sampleOf('NPM_TOKEN=«{uuid}»')]);
  itFinds(namedVendorSecrets, 'slack-token', [sampleOf('slack_signing_secret: «{hex32}»')]);
  itFinds(namedVendorSecrets, 'gitlab-token', [sampleOf('gitlab_token = "«{word20}»"')]);

  it.each([
    sampleOf('github.com/acme/app: {hex40}'),
    sampleOf('sentry release {hex40}'),
    sampleOf('heroku build id: {uuid}'),
    'datadog_key = process.env.DATADOG_API_KEY_OF_THE_PRODUCTION_ACCOUNT_1',
    `datadogToken = "${'x'.repeat(40)}"`,
    'The blob: token_lookup_12345',
    'Datadog is a monitoring product (see the documentation of its API).',
  ])('finds nothing in %s', (text) => {
    expect([namedVendorSecrets].flatMap((detector) => findingsOf(detector, text))).toEqual([]);
  });
});
