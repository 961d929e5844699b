/**
 * What a kind of value is about. Credentials are kept from more places than other values, and the personal kinds have
 * so few possible values that guessing them is easy.
 */
type KindFamily = 'resource' | 'credential' | 'personal' | 'network';

/** What is to be known of a kind. */
export interface KindFacts {
  readonly family: KindFamily;
  /** Four characters that tell a model what a token stands for: enough to reason with. */
  readonly code: string;
  /** One line of documentation. */
  readonly what: string;
}

/** Neutral for all credentials: models refuse to handle what calls itself a secret. */
const CREDENTIAL_CODE = 'CRED';
const credential = (what: string): KindFacts => ({ family: 'credential', code: CREDENTIAL_CODE, what });
const resource = (code: string, what: string): KindFacts => ({ family: 'resource', code, what });
const personal = (code: string, what: string): KindFacts => ({ family: 'personal', code, what });
const network = (code: string, what: string): KindFacts => ({ family: 'network', code, what });

/**
 * Everything that is masked. The names are a public contract: findings, metrics and policies carry them, and a name
 * once given is never reused for something else.
 */
export const KINDS = {
  'aws-resource-id': resource('AWSR', 'ids such as `i-…`, `vpc-…`, `AROA…`, `o-…`, with 8 or 17 hexadecimal digits'),
  'aws-arn': resource('ARNX', 'the resource name of an Amazon Resource Name that names an account'),
  'aws-account-id': resource('ACCT', 'twelve digits where something says that they are an account'),
  'aws-endpoint': resource('AWSE', 'the customer’s part of host names of AWS, such as those of databases and clusters'),
  'aws-s3-bucket': resource('S3BK', 'bucket names in addresses, ARNs and settings'),
  'aws-access-key-id': credential('`AKIA…`, `ASIA…`, `ABIA…` and `ACCA…`'),
  'aws-secret-key': credential('secret access keys where a name or a key id says that they are one'),
  'aws-session-token': credential('session tokens of temporary credentials'),
  'aws-bedrock-key': credential('API keys of Amazon Bedrock'),
  'gcp-api-key': credential('`AIza…`, OAuth secrets, access and refresh tokens of Google'),
  'gcp-service-account': resource('GCPS', 'service accounts and their key ids'),
  'azure-secret': credential('client secrets, SAS signatures, function keys and DevOps tokens of Azure'),
  'azure-storage-key': credential('account and shared access keys of Azure'),
  'k8s-secret': credential('values of Kubernetes Secrets, keys and tokens of a kubeconfig'),
  'github-token': credential('`ghp_…` and its siblings, `github_pat_…`'),
  'gitlab-token': credential('`glpat-…` and its siblings'),
  'slack-token': credential('`xoxb-…` and its siblings'),
  'slack-webhook': credential('incoming webhooks of Slack'),
  'openai-key': credential('`sk-…` and `sk-proj-…` keys of OpenAI'),
  'anthropic-key': credential('`sk-ant-…` keys of Anthropic'),
  'stripe-key': credential('keys and webhook secrets of Stripe'),
  'npm-token': credential('`npm_…` and `_authToken` of npm'),
  'vendor-token': credential('tokens of other vendors, by their published form'),
  jwt: credential('JSON Web Tokens whose header can be read'),
  'private-key': credential('private keys in PEM, also cut off or with escaped line ends'),
  'basic-auth-url': credential('the password of a URL'),
  'conn-string': credential('passwords and keys of connection strings'),
  'curl-auth': credential('credentials in headers, cookies and options of command lines'),
  'generic-assignment': credential('what is assigned to a name such as `password`, `secret` or `api_key`'),
  ip: network('IPAD', 'IPv4 and IPv6 addresses, without their prefix length'),
  host: network('HOST', 'names of internal hosts'),
  email: personal('MAIL', 'e-mail addresses'),
  phone: personal('PHON', 'phone numbers'),
  'credit-card': personal('CARD', 'card numbers with a valid check digit'),
  iban: personal('IBAN', 'IBANs with valid check digits'),
  'us-ssn': personal('USSN', 'social security numbers of the USA'),
  'kr-rrn': personal('KRRN', 'resident registration numbers of Korea'),
  'kr-frn': personal('KFRN', 'registration numbers of foreigners in Korea'),
  'kr-driver-license': personal('KDRV', 'driver licence numbers of Korea'),
  'kr-passport': personal('KPAS', 'passport numbers of Korea'),
  'kr-brn': personal('KBRN', 'business and corporate registration numbers of Korea'),
  'kr-bank-account': personal('KBNK', 'bank account numbers of Korea, by context'),
} as const satisfies Readonly<Record<string, KindFacts>>;

/** A kind that needs no configuration. */
export type BuiltInKind = keyof typeof KINDS;

/** A kind that the configuration adds: the name of its rule behind `own-`. */
export type OwnKind = `own-${string}`;

/** What a value that is masked is. */
export type MaskKind = BuiltInKind | OwnKind;

/** The names of all kinds that are built in. */
export const MASK_KINDS = Object.keys(KINDS) as readonly BuiltInKind[];

/** Whether a name is that of a kind that is built in. */
export function isBuiltInKind(name: string): name is BuiltInKind {
  return Object.hasOwn(KINDS, name);
}

/** Whether a kind is a credential. What a rule of the configuration finds counts as one: nobody knows what it is. */
export function isCredential(kind: MaskKind): boolean {
  return !isBuiltInKind(kind) || KINDS[kind].family === 'credential';
}
