import type { Random } from '../random';
import { ALNUM, BASE64, BASE64URL, LOWER_DIGITS, UPPER_DIGITS } from './alphabets';
import type { ValueSource } from './sample';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (random: Random): string =>
  `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ sub: random.digits(8), iat: 1700000000 })}.${random.text(BASE64URL, 43)}`;
const uuid = (random: Random): string =>
  `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;

/** Forms that vendors publish for their tokens: the prefix, then characters of an alphabet. */
const PREFIXED: readonly (readonly [ValueSource['kind'], string, string, number])[] = [
  ['github-token', 'ghp_', ALNUM, 36],
  ['github-token', 'gho_', ALNUM, 36],
  ['github-token', 'ghs_', ALNUM, 36],
  ['github-token', 'github_pat_', ALNUM, 82],
  ['gitlab-token', 'glpat-', BASE64URL, 20],
  ['gitlab-token', 'gldt-', BASE64URL, 20],
  ['gitlab-token', 'glrt-', BASE64URL, 20],
  ['openai-key', 'sk-proj-', BASE64URL, 64],
  ['openai-key', 'sk-', ALNUM, 48],
  ['npm-token', 'npm_', ALNUM, 36],
  ['gcp-api-key', 'AIza', BASE64URL, 35],
  ['gcp-api-key', 'GOCSPX-', BASE64URL, 28],
  ['gcp-api-key', 'ya29.', BASE64URL, 120],
  ['stripe-key', 'sk_live_', ALNUM, 24],
  ['stripe-key', 'rk_test_', ALNUM, 24],
  ['stripe-key', 'whsec_', ALNUM, 32],
  ['vendor-token', 'hf_', ALNUM.slice(0, 52), 34],
  ['vendor-token', 'dapi', '0123456789abcdef', 32],
  ['vendor-token', 'dop_v1_', '0123456789abcdef', 64],
  ['vendor-token', 'glsa_', ALNUM, 32],
  ['vendor-token', 'lin_api_', ALNUM, 40],
  ['vendor-token', 'shpat_', '0123456789abcdef', 32],
  ['vendor-token', 'pplx-', ALNUM, 48],
  ['vendor-token', 'hvs.', BASE64URL, 95],
  ['vendor-token', 'pypi-AgEIcHlwaS5vcmc', BASE64URL, 80],
  ['vendor-token', 'SK', '0123456789abcdef', 32],
  ['vendor-token', 'dckr_pat_', BASE64URL, 27],
  ['vendor-token', 'gsk_', ALNUM, 52],
  ['vendor-token', 'ntn_', ALNUM, 46],

  ['vendor-token', 'AKCp', ALNUM, 69],
  ['vendor-token', 'figd_', BASE64URL, 40],
  ['vendor-token', 'sntryu_', '0123456789abcdef', 64],
];

const prefixed = PREFIXED.map(([kind, prefix, alphabet, length]): ValueSource => {
  // A token ends in a letter or digit here: behind a dash nobody could tell where it ends.
  const make = (random: Random): string =>
    `«${prefix}${random.text(alphabet, length - 1)}${random.pick(['a', '7', 'b'])}»`;
  return { kind, make: prefix === 'glsa_' ? (random) => `${make(random).slice(0, -1)}_${random.hex(8)}»` : make };
});

export const TOKEN_VALUES: readonly ValueSource[] = [
  ...prefixed,
  { kind: 'openai-key', make: (random) => `«sk-${random.text(ALNUM, 20)}T3BlbkFJ${random.text(ALNUM, 20)}»` },
  { kind: 'anthropic-key', make: (random) => `«sk-ant-api03-${random.text(BASE64URL, 93)}AA»` },
  { kind: 'anthropic-key', make: (random) => `«sk-ant-admin01-${random.text(BASE64URL, 93)}AA»` },
  {
    kind: 'slack-token',
    make: (random) => `«xoxb-${random.digits(12)}-${random.digits(12)}-${random.text(ALNUM, 24)}»`,
  },
  {
    kind: 'slack-token',
    make: (random) => `«xoxp-${random.digits(11)}-${random.digits(11)}-${random.digits(12)}-${random.hex(32)}»`,
  },
  {
    kind: 'slack-token',
    make: (random) => `«xapp-1-A${random.text(UPPER_DIGITS, 10)}-${random.digits(13)}-${random.hex(64)}»`,
  },
  {
    kind: 'slack-webhook',
    make: (random) =>
      `«https://hooks.slack.com/services/T${random.text(UPPER_DIGITS, 8)}/B${random.text(UPPER_DIGITS, 10)}/${random.text(ALNUM, 24)}»`,
  },
  { kind: 'vendor-token', make: (random) => `«SG.${random.text(BASE64URL, 21)}a.${random.text(BASE64URL, 42)}b»` },
  { kind: 'vendor-token', make: (random) => `«${random.digits(10)}:AA${random.text(BASE64URL, 32)}x»` },
  { kind: 'vendor-token', make: (random) => `«PMAK-${random.hex(24)}-${random.hex(34)}»` },
  { kind: 'vendor-token', make: (random) => `«NRAK-${random.text(UPPER_DIGITS, 27)}»` },
  {
    kind: 'gcp-service-account',
    make: (random) => `«robot-${random.digits(3)}@acme-${random.digits(4)}.iam.gserviceaccount.com»`,
  },
  {
    kind: 'azure-secret',
    make: (random) => `AZURE_CLIENT_SECRET=«${random.text(ALNUM, 3)}8Q~${random.text(ALNUM, 34)}»`,
  },
  { kind: 'azure-secret', make: (random) => `«${random.text(ALNUM, 76)}AZDO${random.text(ALNUM, 4)}»` },
  {
    kind: 'azure-secret',
    make: (random) => `https://acme.blob.core.windows.net/c?sv=2022-11-02&sp=r&sig=«${random.text(ALNUM, 43)}%3D»`,
  },
  {
    kind: 'azure-storage-key',
    make: (random) => `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=«${random.text(BASE64, 86)}==»`,
  },
  {
    kind: 'azure-storage-key',
    make: (random) =>
      `Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey=«${random.text(BASE64, 43)}=»`,
  },
  { kind: 'jwt', make: (random) => `«${jwt(random)}»` },
  {
    kind: 'k8s-secret',
    make: (random) =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\ndata:\n  url: «${Buffer.from(random.text(ALNUM, 21)).toString('base64')}»`,
  },
  {
    kind: 'k8s-secret',
    make: (random) => `users:\n- name: admin\n  user:\n    client-key-data: «${random.text(BASE64, 240)}»`,
  },
  { kind: 'k8s-secret', make: (random) => `kind: Secret\nstringData:\n  DSN: «${random.text(LOWER_DIGITS, 16)}»\n` },
  {
    kind: 'private-key',
    make: (random) => `«-----BEGIN RSA PRIVATE KEY-----\n${pemBody(random)}\n-----END RSA PRIVATE KEY-----»`,
  },
  {
    kind: 'private-key',
    make: (random) => `«-----BEGIN OPENSSH PRIVATE KEY-----\n${pemBody(random)}\n-----END OPENSSH PRIVATE KEY-----»`,
  },
  {
    kind: 'private-key',
    make: (random) =>
      `"private_key": "«-----BEGIN PRIVATE KEY-----\\n${pemBody(random).replaceAll('\n', '\\n')}\\n-----END PRIVATE KEY-----»\\n"`,
  },
  { kind: 'basic-auth-url', make: (random) => `https://deploy:«${random.text(ALNUM, 16)}»@git.example.com/x.git` },
  { kind: 'basic-auth-url', make: (random) => `ftp://anna:«${random.text(ALNUM, 12)}!»@files.example.com` },
  { kind: 'conn-string', make: (random) => `postgres://app:«${random.text(ALNUM, 14)}»@db1.example.com:5432/orders` },
  {
    kind: 'conn-string',
    make: (random) => `mongodb+srv://svc:«${random.text(ALNUM, 20)}»@cluster0.example.mongodb.net/test`,
  },
  {
    kind: 'conn-string',
    make: (random) => `Server=db.example.com;Database=app;User Id=sa;Password=«${random.text(ALNUM, 12)}!»;`,
  },
  { kind: 'conn-string', make: (random) => `redis://:«${random.hex(32)}»@cache.example.com:6379/0` },
  {
    kind: 'curl-auth',
    make: (random) => `curl -H "Authorization: Bearer «${random.text(ALNUM, 40)}»" https://api.example.com`,
  },
  {
    kind: 'curl-auth',
    make: (random) => `Authorization: Basic «${Buffer.from(`admin:${random.text(ALNUM, 12)}`).toString('base64')}»`,
  },
  { kind: 'curl-auth', make: (random) => `x-api-key: «${random.hex(32)}»` },
  { kind: 'generic-assignment', make: (random) => `DB_PASSWORD=«${random.text(ALNUM, 15)}7»` },
  { kind: 'generic-assignment', make: (random) => `"client_secret": "«${random.text(ALNUM, 31)}3»"` },
  { kind: 'generic-assignment', make: (random) => `api_key: '«${random.hex(31)}9»'` },
  { kind: 'generic-assignment', make: (random) => `password = "«Tr0ub4dor&${random.digits(3)}»"` },
  { kind: 'generic-assignment', make: (random) => `ENCRYPTION_KEY: "«${uuid(random)}»"` },
  { kind: 'generic-assignment', make: (random) => `비밀번호: «${random.text(ALNUM, 9)}1!»` },
];

function pemBody(random: Random): string {
  return Array.from({ length: 6 }, () => random.text(BASE64, 64)).join('\n');
}
