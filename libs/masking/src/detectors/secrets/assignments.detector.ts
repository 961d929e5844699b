import { isAlphanumeric } from '../boundaries';
import type { Detector, Finding } from '../detector';
import type { SearchedText } from '../searched-text';
import { AssignedValues } from './assigned-value';
import { classifyName, type NameClass } from './assignment-name';
import { placeOfValue, type ValuePlace } from './assignment-place';
import { isAssignedSecret } from './assignment-value';
import { NAME_KEYWORDS, nameHits } from './name-hits';

const KIND = 'generic-assignment';
const LONGEST_NAME = 80;
/** Names are few and stand often; more different ones than this are looked at each time. */
const MOST_KNOWN_NAMES = 4096;

/** What may follow a name that is given a value: blanks, quotes, brackets and the beginnings of operators. */
const FOLLOWERS: ReadonlySet<number> = new Set(
  Array.from(' \t\r\n"\'`*[]()=:!?+|<>,\\-', (unit) => unit.charCodeAt(0)),
);

/** "API key": the word before says whose key it is. */
const QUALIFIED = /(?<=(?:api|access|secret|private|encryption|signing|auth|master|service|account)[ _-])/iy;
const REVERSED = /(?<=["'`]([^"'`\r\n]{6,120})["'`][ \t]{0,2}[!=]={1,2}[ \t]{0,2})/dy;
/** Statements and commands that take a password in quotes, by the word they are looked for. */
const STATEMENTS: Readonly<Record<string, RegExp>> = {
  identified: /identified(?:\s{1,4}with\s{1,4}\S{1,40})?\s{1,4}by\s{1,4}(?:password\s{1,4})?(?=["'])/iy,
  'convertto-securestring': /convertto-securestring(?:\s{1,4}-(?:string|asplaintext|force)){0,3}\s{1,4}(?=["'])/iy,
};
/** `echo 'user:password' | chpasswd` */
const PIPED_LOGIN =
  /(?<=["'\s][\w.-]{1,32}:([^"'\s:|]{4,64})["']?\s{0,4}\|\s{0,4}(?:sudo\s{1,4})?(?:\/usr\/sbin\/)?)/dy;
const OPENS_BRACKET = /[([{]/;

interface Name {
  readonly start: number;
  readonly end: number;
  readonly named: NameClass;
}

/** What is assigned to a name such as `password`, `client_secret` or `apiKey`, in the notations of settings and code. */
export const assignments: Detector = {
  kinds: [KIND],
  keywords: [...NAME_KEYWORDS, 'chpasswd', ...Object.keys(STATEMENTS)],
  find(searched) {
    const { text } = searched;
    const findings = [...inStatements(searched), ...pipedLogins(searched)];
    const values = new AssignedValues(text);
    forEachName(searched, (name) => {
      const place = placeOfValue(text, name.start, name.end);
      const found = place === undefined ? reversed(text, name) : valueIn(text, values, place, name.named);
      if (found !== undefined) findings.push(found);
    });
    return findings;
  },
};

/** Visits every name in the text that holds a keyword, once. */
function forEachName(searched: SearchedText, visit: (name: Name) => void): void {
  const { text } = searched;
  const known = new Map<string, NameClass | undefined>();
  let behind = 0;
  for (const hit of nameHits(searched)) {
    if (hit < behind) continue;
    let start = hit;
    while (start > behind && isNameUnit(text.charCodeAt(start - 1))) start -= 1;
    behind = hit;
    while (isNameUnit(text.charCodeAt(behind))) behind += 1;
    let end = behind;
    while (text[end - 1] === '.' || text[end - 1] === '-') end -= 1;
    if (end - start > LONGEST_NAME || (end < text.length && !FOLLOWERS.has(text.charCodeAt(end)))) continue;
    const named = nameClass(text, start, end, known);
    if (named !== undefined) visit({ start, end, named });
  }
}

function isNameUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x5f || unit === 0x2d || unit === 0x2e;
}

function nameClass(
  text: string,
  start: number,
  end: number,
  known: Map<string, NameClass | undefined>,
): NameClass | undefined {
  const name = text.slice(start, end);
  if (name.length === 3 && name.toLowerCase() === 'key') {
    QUALIFIED.lastIndex = start;
    return QUALIFIED.test(text) ? 'secret' : undefined;
  }
  if (known.has(name)) return known.get(name);
  const named = classifyName(name);
  if (known.size < MOST_KNOWN_NAMES) known.set(name, named);
  return named;
}

function valueIn(text: string, values: AssignedValues, place: ValuePlace, named: NameClass): Finding | undefined {
  const value = values.at(place.at);
  if (value === undefined || (place.quotedOnly && !value.quoted)) return undefined;
  const { start, end, quoted } = value;
  if (!quoted && OPENS_BRACKET.test(text.charAt(end))) return undefined;
  const inCode = place.kind === 'setting' && !quoted && text[place.at - 1] !== '=' && !value.endsLine();
  const secret = isAssignedSecret(named, text.slice(start, end), { quoted, kind: inCode ? 'code' : place.kind });
  return secret ? { kind: KIND, start, end } : undefined;
}

/** `if ("value" == password)`. */
function reversed(text: string, { start, named }: Name): Finding | undefined {
  REVERSED.lastIndex = start;
  const span = REVERSED.exec(text)?.indices?.[1];
  if (span === undefined) return undefined;
  const secret = isAssignedSecret(named, text.slice(...span), { quoted: true, kind: 'code' });
  return secret ? { kind: KIND, start: span[0], end: span[1] } : undefined;
}

/** SQL: `CREATE USER app IDENTIFIED BY 'value'`; PowerShell: `ConvertTo-SecureString 'value'`. */
function inStatements(searched: SearchedText): Finding[] {
  const { text } = searched;
  return Object.entries(STATEMENTS).flatMap(([word, statement]) => {
    const values = new AssignedValues(text);
    return searched.at(word).flatMap((at) => {
      statement.lastIndex = at;
      const value = statement.test(text) ? values.at(statement.lastIndex) : undefined;
      return value === undefined ? [] : passwordIn(text, value.start, value.end);
    });
  });
}

function pipedLogins(searched: SearchedText): Finding[] {
  return searched.at('chpasswd').flatMap((at) => {
    PIPED_LOGIN.lastIndex = at;
    const span = PIPED_LOGIN.exec(searched.text)?.indices?.[1];
    return span === undefined ? [] : passwordIn(searched.text, ...span);
  });
}

function passwordIn(text: string, start: number, end: number): Finding[] {
  const secret = isAssignedSecret('password', text.slice(start, end), { quoted: true, kind: 'code' });
  return secret ? [{ kind: KIND, start, end }] : [];
}
