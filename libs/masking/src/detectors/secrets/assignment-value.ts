import { entropy } from '../entropy';
import type { NameClass } from './assignment-name';
import type { ValuePlace } from './assignment-place';
import { isPlaceholder, isStockWord } from './placeholders';
import { isWordy, looksRandom } from './randomness';

/** How a value stands behind its name. */
export interface Standing {
  readonly quoted: boolean;
  readonly kind: ValuePlace['kind'];
}

const SHORTEST_VALUE = 6;
const LONGEST_VALUE = 200;
/** Of shorter values letters and digits have to show that they are random. */
const SHORTEST_JUMBLED = 16;
/** Random values of this length need no second digit to be told from names. */
const LONG_VALUE = 32;

/** Values of switches, types, states, and the words of forms in several languages. */
const ORDINARY_WORDS =
  /^(?:true|false|null|nil|none|undefined|yes|no|on|off|string|str|number|int(?:eger)?|bool(?:ean)?|object|array|any|unknown|never|void|bytes?|char|text|hidden|visible|required|optional|mandatory|enabled|disabled|default|auto|manual|invalid|valid|missing|empty|plain|plaintext|cleartext|encrypted|hashed|unset|static|dynamic|custom|internal|external|global|local|public|private|readonly|sensitive|confidential|production|development|staging|bearer|basic|digest|oauth2?|saml|jwt|ldap|kerberos|identifier|keyword|literal|operator|punctuation|comment|variable|function|passwort|kennwort|contrase.{1,2}a|senha|parola|has[lł]o|wachtwoord|l[oö]senord|adgangskode|salasana|heslo|jelsz[oó]|mot de passe|self|this|super|await|async|return|new|const|let|var|process|request|req|res|config|options?|params?|props|state|context|ctx|args?|input|output|value|data|body|user|current|next|first|last|session|cookie|header|query|forgot|reset|change|update|confirm|confirmation|enter|please|login|signin|signup|logout)$/i;
/** A variable among several of its name. */
const NUMBERED_NAME =
  /^(?:[a-z]{1,12}_)?(?:new|old|my|user|confirm|repeat|re|the|your|hashed|plain)?_?(?:password|passwd|pass|pwd|secret|token|key)\d$/i;
/** A value that is itself a name for a secret. */
const NAMES_A_SECRET = /pass(?:w(?:or)?d|phrase|code)?|pwd|secret|token|credential|api[-_ ]?key|auth|key/i;
const CAMEL = /^[a-z]+(?:[A-Z][a-z]+)+\d?$|^(?:[A-Z][a-z]+){2,}\d?$/;
const CAPITALISED = /^[A-Z][a-z]+$/;
const BLANK = /\s/;
const LETTERS = /^[A-Za-z]+$/;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const CONSTANT = /^[A-Z][A-Z_]{2,}(?![A-Z_])(?:(?<=_[A-Z]*)[A-Z0-9_]*)?$/;
/** `config.secret`, `this.#token`, `os.environ`, `user?.password`, `Foo::BAR`. */
const MEMBER_ACCESS =
  /^[$@&*!]?[A-Za-z_$][\w$]*(?:\[[\w"'$]{0,40}\])?(?:(?:\?|!)?\.#?|::|->)[A-Za-z_$#][\w$]*(?:(?:(?:\?|!)?\.|::|->|\[)[\w$\]"']*)*$/;
const CODE_CHARACTERS = /[()[\]{}]|=>|::|&&|\|\||\?\?|\+\+|[=!]==?$/;
const PATH =
  /^(?:~|\.{1,2})?\/[\w.@/-]*$|^[A-Za-z]:[\\/]|^(?:[\w.-]+\/){2,}[\w.-]*$|^[a-z]+(?:[-_.][a-z]+)*\/[a-z]+(?:[-_.][a-z]+)*$/;
const FILE =
  /^[\w./-]+\.(?:pem|key|json|ya?ml|txt|tsx?|jsx?|c?js|mjs|crt|cer|p12|pfx|jks|env|py|go|rb|java|md|html?|xml|conf|cfg|ini|toml|properties|sh|php|css|svg|png|local|exe|dll|lock)$/i;
const LITERAL =
  /^0x[0-9a-f]+$|^#[0-9a-f]{3,8}$|^-?\d+(?:\.\d+)+$|^\d{4}-\d{2}-\d{2}|^\d+(?:ms|px|em|rem|%|[smhdkMGT]i?B?)$|^v?\d+\.\d+\.\d+/i;
/** Short parts with separators, as ids, versions and names have. */
const PARTS = /^[A-Za-z0-9]{1,12}(?:[-_.:/][A-Za-z0-9]{0,12}){2,}$/;
const PATTERN = /\[\^|\(\?|[\])][+*?{]|\\|\.\*|%[A-Za-z]/;
const URL = /^[a-z][a-z0-9+.-]{1,20}:\/\//i;
const EMAIL = /^[\w.+-]+@[\w-]+\.[\w.]+$/;

/** Whether a value is the secret that its name announces, and not code, a text, a type or a placeholder. */
export function isAssignedSecret(name: NameClass, value: string, standing: Standing): boolean {
  if (value.length < SHORTEST_VALUE || value.length > LONGEST_VALUE || !/[A-Za-z0-9]/.test(value)) return false;
  if (name !== 'password' && (/[^!-~]/.test(value) || isPlain(value))) return false;
  if (standing.kind === 'cell' && !isStrong(value)) return false;
  if (isPlaceholder(value) || ORDINARY_WORDS.test(value) || isPointer(value)) return false;
  if (!standing.quoted && isCode(value, standing)) return false;
  if (name === 'password') return isPassword(value, standing);
  if (name === 'key') return looksRandom(value, 16, 3.25) && !PARTS.test(value);
  return standing.quoted || standing.kind === 'setting'
    ? looksRandom(value, 8, 2.75) || isJumbled(value)
    : looksRandom(value, 12, 3) && (value.length >= LONG_VALUE || /\d.*\d/.test(value));
}

/** Neither letters and digits nor long enough to look random without: most values are, and it is cheap to see. */
function isPlain(value: string): boolean {
  return value.length < SHORTEST_JUMBLED && !(/\d/.test(value) && /[A-Za-z]/.test(value));
}

/** In a table a word beside a name is its description; letters, digits and length are none. */
function isStrong(value: string): boolean {
  return value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value);
}

/** Something that says where a secret is, or a value of another kind. */
function isPointer(value: string): boolean {
  if (LITERAL.test(value) || URL.test(value) || FILE.test(value) || EMAIL.test(value)) return true;
  return PATH.test(value) && !(value.length >= 24 && entropy(value) >= 4.2 && /\d/.test(value) && /[A-Z]/.test(value));
}

function isCode(value: string, { kind }: Standing): boolean {
  if (CODE_CHARACTERS.test(value) || MEMBER_ACCESS.test(value) || CONSTANT.test(value))
    return kind !== 'setting' || !/[!@#%^&]/.test(value);
  if (kind === 'setting') return CAMEL.test(value);
  if (LETTERS.test(value) || NUMBERED_NAME.test(value)) return true;
  return IDENTIFIER.test(value) && (!/\d/.test(value) || (kind !== 'text' && NAMES_A_SECRET.test(value)));
}

function isPassword(value: string, { quoted, kind }: Standing): boolean {
  if (isStockWord(value)) return false;
  if (BLANK.test(value)) return quoted && isPassphrase(value);
  if (/[^ -~]/.test(value)) return /\d|[!@#$%^&*]/.test(value);
  if (/\d/.test(value)) return !isNumberedName(value, quoted);
  if (CAPITALISED.test(value) || CONSTANT.test(value)) return false;
  if (LETTERS.test(value)) return (quoted || kind === 'setting') && !(CAMEL.test(value) && NAMES_A_SECRET.test(value));
  return !isWordy(value) || kind === 'setting' || (quoted && !NAMES_A_SECRET.test(value));
}

/** `password1` in code is a variable; in quotes it is a bad password. */
function isNumberedName(value: string, quoted: boolean): boolean {
  return (
    (!quoted && NUMBERED_NAME.test(value)) || (isWordy(value) && /[-_.:/]/.test(value) && NAMES_A_SECRET.test(value))
  );
}

/** Several words with a digit among them; without one they are a sentence about passwords. */
function isPassphrase(value: string): boolean {
  return (
    /\d/.test(value) &&
    /[a-z]/i.test(value) &&
    !/[.!?:,](?:\s|$)/.test(value) &&
    !/\b(?:password|must|least|characters?|your|please|enter|minimum|digits?|the|is|with|of|and|or)\b/i.test(value)
  );
}

/** Letters and many kinds of marks, as only generated values have. */
function isJumbled(value: string): boolean {
  if (value.length < SHORTEST_JUMBLED) return false;
  const marks = new Set(value.replace(/[\w.\s/:-]/g, ''));
  return marks.size >= 5 && !PATTERN.test(value) && entropy(value) >= 3.5;
}
