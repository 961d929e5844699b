import { oneOf } from '../word-list';

/**
 * What the name of a setting says about its value: `password` may be any text, `secret` is issued by a program, and
 * with `key` the name says little, so the value has to look like one.
 */
export type NameClass = 'password' | 'secret' | 'key';

const PASSWORD = new RegExp(
  [
    'passw(?:or)?d|passphrase|passcode|passwort',
    '^(?:pass|pwd|psw|pswd|passw)$',
    '^[a-z]{1,8}pwd$',
    '^(?:db|my|user|root|admin|sql|smtp|mail|ftp|ldap|bind|require|auth|login|sudo|vault|ssh|redis)pass$',
  ].join('|'),
);
const SECRET = new RegExp(
  [
    'secret(?:key|string|access|value)?e?$|^secret(?!s)',
    'token$|^tokenvalue$',
    'apikey|accesskey$|privatekey$|authkey$|masterkey$',
    '(?:encryption|encrypt|signing|shared|secret|hmac|account|api)key$',
    '^(?:credentials?|creds?|masterauth|authtoken)$',
  ].join('|'),
);

/** Words in front of `key` that make it a secret one. */
const KEY_QUALIFIER = oneOf(`
  api access secret private
  encryption encrypt crypt crypto signing sign auth
  shared master account storage
  consumer admin deploy
  hmac aes jwt session license
  webhook integration app application service client server
  root ssh rsa host
  subscription stripe sendgrid mailgun twilio openai algolia nessus datadog newrelic firebase
  gemini google maps azure cohere mistral groq
  pusher segment sentry
  write read ingest ingestion
`);
/** Qualifiers of which there are public or plain keys too. */
const WEAK_QUALIFIER = oneOf(`
  app application service client server root host ssh rsa storage
  session read write crypto account
  google maps integration sign license segment
`);

/** A name that holds one of these words names something else, such as a page of results or a public key. */
const OTHER_BEFORE = oneOf(`
  public pub
  csrf xsrf antiforgery
  max min num number total
  no non not
  is has have had should can must
  show hide toggle forgot forgotten
  invalid wrong missing incorrect
  next previous prev page pagination continuation continue
  cancel cancellation cursor
  start stop begin bos eos pad unk cls
  mask input output prompt completion cached reasoning
  design css color theme
  lexer syntax semantic punctuation operator
  idempotency foreign primary partition sort hash
  cache bucket object index schema sequence natural hot row column
  query translation i18n locale
  message turkey monkey keyboard accessibility
  author require requires required use uses with without
  enable disable allow allows validate check compare
  on handle count estimated remaining used per
`);
const NOT_AFTER = oneOf(String.raw`
  length len size count counter limit budget usage used max min
  name names id ids
  file files filename path paths dir folder directory
  url urls uri uris endpoint host
  type types kind policy policies
  rule rules
  expir\w* expires ttl timeout lifetime age date time at
  field fields label labels placeholder hint hints
  error errors message messages msg
  text title description desc help prompt input
  form reset
  regex regexp pattern validator validators valid invalid validation strength
  required optional enabled disabled
  visible visibility toggle show hide hidden
  total totals num index offset position pos start end
  line column
  class classname
  selector element attribute attr
  event handler callback fn func function
  provider service manager store storage cache
  generator factory builder parser lexer reader writer stream
  encoding format version algorithm alg
  issuer audience aud scope scopes claims
  header headers prefix suffix separator delimiter
  color colour background icon image button btn
  link page view route router
  ref refs reference arn alias
  ring chain pair board word words
  map schema template mount mounts
  rotation source location
  stdin env var variable variables param params parameter property properties prop props
  option options config configuration settings setting
  method mode action actions state status
  exists set changed change updated created revoked
  permission permissions role roles group groups user users owner
  info data details result response request requests
  model entity dto interface spec
  test tests docs
  guard middleware interceptor strategy module controller component
  hash hashed digest checksum hasher encoder salt rounds iterations
  cost price rate per
  bucket vault vaults
  balance address symbol decimals supply contract
  kid signature
  stone press pressed up down left right
  code codes frame mesh storetype
  attempts retries history complexity expression auth audiences
  alphabet chars characters charset
  wrapper loader resolver
  list lists array dict table entry entries item items s
`);

const LONGEST_NAME = 80;
/** More words are a sentence, such as the keys of messages are made of. */
const MOST_WORDS = 8;

/** The words of a name in whatever spelling: `dbPassword`, `DB_PASSWORD`, `db.password2`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]{2,})([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

/** What kind of value a setting of this name has; undefined when no secret one. */
export function classifyName(name: string): NameClass | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const words = wordsOf(name);
  if (words.length > MOST_WORDS) return undefined;
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const found = classifyWord(words, at);
    if (found === undefined) continue;
    const named =
      !words.slice(at + 1).some((word) => NOT_AFTER.test(word)) &&
      !words.slice(0, at).some((word) => OTHER_BEFORE.test(word));
    return named ? found : undefined;
  }
  return undefined;
}

function classifyWord(words: readonly string[], at: number): NameClass | undefined {
  const word = words[at] as string;
  if (PASSWORD.test(word)) return /passwords$|passwordless/.test(word) ? undefined : 'password';
  if (SECRET.test(word)) return 'secret';
  if (word === 'auth') return 'key';
  if (word !== 'key') return undefined;
  const before = words[at - 1] ?? '';
  if (!KEY_QUALIFIER.test(before)) return before === '' ? undefined : 'key';
  return WEAK_QUALIFIER.test(before) ? 'key' : 'secret';
}
