import { isAlphanumeric } from '../boundaries';
import type { Detector, Finding } from '../detector';
import type { SearchedText } from '../../search/searched-text';
import { assignedValue } from './assigned-value';
import { classifyName, type NameClass } from './assignment-name';
import { isAssignedSecret, type Standing } from './assignment-value';

const KIND = 'generic-assignment';
const KEYWORDS = ['pass', 'pwd', 'psw', 'secret', 'token', 'key', 'cred', 'auth'];
const LONGEST_NAME = 80;

const CLOSING = String.raw`(?:\\{0,8}["'\x60]|\*\*|\[\d{0,4}\]|\]|\))`;
const TYPE = String.raw`(?:[ \t]{0,2}:?[ \t]{0,2}(?:string|String|str|&str|std::string|NSString ?\*|char|text|SecureString|final|Optional\[str\])(?:\[\d{0,4}\])?\??(?=[ \t]{0,4}=))?`;
/** An operator between name and value; the first group is what it is, with the blanks around it. */
const OPERATOR = new RegExp(
  `${CLOSING}{0,3}${TYPE}([ \\t]{0,20}(?::{1,3}=|[+.?]=|\\?\\?=|\\|\\|=|!={1,2}|={2,3}|=>|->|=|:)[ \\t]{0,20})(?:[|>][-+]?[ \\t]{0,4}\\r?\\n[ \\t]{1,32})?`,
  'y',
);
/** The name is a string of its own, and the value the next argument, member or attribute. */
const NEXT_ARGUMENT = /(\\{0,8}["'`])\s{0,8},\s{0,8}(?=[@fbru$]?\\{0,8}["'`])/y;
const VALUE_MEMBER =
  /\\{0,8}["']?\s{0,4},?\s{1,40}\\{0,8}["']?(?:value|Value|VALUE|defaultValue)\\{0,8}["']?\s{0,4}[:=]\s{0,4}|\\{0,8}["'],\\{0,8}["']value\\{0,8}["']:\s{0,4}/y;
const ELEMENT = />\s{0,40}/y;
const CELL = /(?:\*\*|`)?(?:[ \t]{0,20}\|[ \t]{0,20}|<\/t[dh]>\s{0,40}<t[dh]>)(?=[^\s|])/y;
const BLANK = /[ \t]{1,8}(?=[^\s=:-])/y;
const BLANK_BEFORE_QUOTE = /(?:\\{0,8}["'`])?[ \t]{1,4}(?=["'])/y;
const SENTENCE =
  /(?:[ \t]{1,2}(?:for|of|on|to)[ \t]{1,2}[\w@.-]{1,40}){0,2}[ \t]{1,2}(?:is|was|are|will be|set to|equals|would be)(?:[ \t]{1,2}(?:now|set to))?[ \t]{0,2}:?[ \t]{1,2}(?=\S)/y;

/** Names behind which a blank is enough, and commands that take a name and a value. */
const BLANK_NAMES = /^(?:requirepass|masterauth)$/i;
const BEFORE_BLANK =
  /(?:^|[\s;&|(])(?:ENV|ARG|setx|set -gx|set -x|config set|login \S{1,64}|user \S{1,64}|IDENTIFIED (?:WITH \S{1,40} )?BY)[ \t]{1,4}["']?$/i;
const QUALIFIED = /(?:api|access|secret|private|encryption|signing|auth|master|service|account)[ _-]$/i;
const REVERSED = /["'`]([^"'`\r\n]{6,120})["'`][ \t]{0,2}[!=]={1,2}[ \t]{0,2}$/;
const IDENTIFIED_BY = /identified(?:\s{1,4}with\s{1,4}\S{1,40})?\s{1,4}by\s{1,4}(?:password\s{1,4})?(?=["'])/iy;
const LOOKED_BACK = 140;

interface Name {
  readonly start: number;
  readonly end: number;
  readonly named: NameClass;
}

interface Place {
  readonly at: number;
  readonly place: Standing['place'];
  /** In such a place only a quoted value is one. */
  readonly quotedOnly: boolean;
  readonly strong: boolean;
}

/** What is assigned to a name such as `password`, `client_secret` or `apiKey`, in the notations of settings and code. */
export const assignments: Detector = {
  kinds: [KIND],
  keywords: [...KEYWORDS, 'identified'],
  find(searched) {
    const { text } = searched;
    return namesIn(searched)
      .flatMap((name) => {
        const place = placeBehind(text, name);
        return place === undefined ? reversed(text, name) : valueAt(text, place, name);
      })
      .concat(identifiedBy(searched));
  },
};

/** Every name in the text that holds a keyword, once. */
function namesIn(searched: SearchedText): Name[] {
  const hits = Int32Array.from(KEYWORDS.flatMap((keyword) => searched.at(keyword))).sort();
  const names: Name[] = [];
  let behind = 0;
  for (const hit of hits) {
    if (hit < behind) continue;
    const { text } = searched;
    let start = hit;
    while (start > behind && isNameUnit(text.charCodeAt(start - 1))) start -= 1;
    behind = hit;
    while (isNameUnit(text.charCodeAt(behind))) behind += 1;
    let end = behind;
    while (text[end - 1] === '.' || text[end - 1] === '-') end -= 1;
    if (end - start > LONGEST_NAME || !mayBeAssigned(text.charCodeAt(end))) continue;
    const named = nameClass(text, start, end);
    if (named !== undefined) names.push({ start, end, named });
  }
  return names;
}

function nameClass(text: string, start: number, end: number): NameClass | undefined {
  const name = text.slice(start, end);
  if (name.toLowerCase() !== 'key') return classifyName(name);
  return QUALIFIED.test(text.slice(Math.max(0, start - 12), start)) ? 'secret' : undefined;
}

function isNameUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x5f || unit === 0x2d || unit === 0x2e;
}

/** Blank, quote, bracket or operator: anything else ends the search before patterns are tried. */
function mayBeAssigned(unit: number): boolean {
  return ' \t\r\n"\'`*[])=:!?+|<>,\\-'.includes(String.fromCharCode(unit)) && !Number.isNaN(unit);
}

function placeBehind(text: string, { start, end }: Name): Place | undefined {
  const operator = isAlternative(text, start) ? null : matchAt(OPERATOR, text, end);
  if (operator !== null) return operatorPlace(text, start, operator);
  const place = (pattern: RegExp, rest: Omit<Place, 'at'>): Place | undefined => {
    const match = matchAt(pattern, text, end);
    return match === null ? undefined : { at: match.index + match[0].length, ...rest };
  };
  const flag =
    /(?:^|[\s"'`(,[])-{1,2}$/.test(text.slice(Math.max(0, start - 3), start)) || /^-/.test(text.slice(start, end));
  return (
    (isArgument(text, start) ? place(NEXT_ARGUMENT, { place: 'code', quotedOnly: true, strong: false }) : undefined) ??
    place(VALUE_MEMBER, { place: 'setting', quotedOnly: false, strong: false }) ??
    (isTag(text, start) ? place(ELEMENT, { place: 'setting', quotedOnly: false, strong: false }) : undefined) ??
    place(CELL, { place: 'text', quotedOnly: false, strong: true }) ??
    (flag || blankName(text, start, end)
      ? place(BLANK, { place: flag ? 'text' : 'setting', quotedOnly: false, strong: false })
      : undefined) ??
    place(SENTENCE, { place: 'text', quotedOnly: false, strong: false }) ??
    (isNoun(text, start, end)
      ? place(BLANK_BEFORE_QUOTE, { place: 'code', quotedOnly: true, strong: false })
      : undefined)
  );
}

/** `found ? 'pass' : 'fail'`: the colon belongs to the condition. */
function isAlternative(text: string, start: number): boolean {
  return (
    /\?\s{0,8}["'`]?$/.test(text.slice(Math.max(0, start - 12), start)) &&
    /\s/.test(text.slice(Math.max(0, start - 2), start))
  );
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function operatorPlace(text: string, start: number, match: RegExpExecArray): Place {
  const operator = match[1] as string;
  const at = match.index + match[0].length;
  const sign = operator.trim();
  const quotedOnly = sign === '=>' || sign === '->' || /^[!=]==?$/.test(sign);
  const tight = sign === '=' && operator.length === 1;
  return {
    at,
    place: tight || (sign === ':' && beginsLine(text, start)) ? 'setting' : 'code',
    quotedOnly,
    strong: false,
  };
}

/** Whether a name is the first of its line, behind indentation and the dash of a list. */
function beginsLine(text: string, start: number): boolean {
  return /(?:^|[\r\n])[ \t]{0,40}(?:[-*>][ \t]{1,4})?["']?$/.test(text.slice(Math.max(0, start - 48), start));
}

/** "Pass" in a sentence is a verb. */
function isNoun(text: string, start: number, end: number): boolean {
  return text.slice(start, end).toLowerCase() !== 'pass';
}

/** Whether a name is a string of its own, the first argument of a call. */
function isArgument(text: string, start: number): boolean {
  return /\(\s{0,8}\\{0,8}["'`]$/.test(text.slice(Math.max(0, start - 20), start));
}

function isTag(text: string, start: number): boolean {
  return /<(?:[\w-]{1,20}:)?$/.test(text.slice(Math.max(0, start - 22), start));
}

function blankName(text: string, start: number, end: number): boolean {
  return (
    BLANK_NAMES.test(text.slice(start, end)) || BEFORE_BLANK.test(text.slice(Math.max(0, start - LOOKED_BACK), start))
  );
}

function valueAt(text: string, place: Place, { named }: Name): Finding[] {
  const value = assignedValue(text, place.at);
  if (value === undefined || (place.quotedOnly && !value.quoted)) return [];
  const settled =
    place.place === 'setting' && !value.quoted && !value.endsLine && text[place.at - 1] !== '=' ? 'code' : place.place;
  const secret = text.slice(value.start, value.end);
  if (!isAssignedSecret(named, secret, { quoted: value.quoted, place: settled })) return [];
  if (place.strong && !/(?=.*\d)(?=.*[A-Za-z]).{8}/.test(secret)) return [];
  return /^[([{]/.test(text.slice(value.end, value.end + 1)) && !value.quoted
    ? []
    : [{ kind: KIND, start: value.start, end: value.end }];
}

/** `if ("value" == password)`. */
function reversed(text: string, { start, named }: Name): Finding[] {
  if (!/[=][ \t]{0,2}$/.test(text.slice(Math.max(0, start - 3), start))) return [];
  const match = REVERSED.exec(text.slice(Math.max(0, start - LOOKED_BACK), start));
  const secret = match?.[1];
  if (match === null || secret === undefined || !isAssignedSecret(named, secret, { quoted: true, place: 'code' }))
    return [];
  const from = start - match[0].length + 1;
  return [{ kind: KIND, start: from, end: from + secret.length }];
}

/** SQL: `CREATE USER app IDENTIFIED BY 'value'`, `IDENTIFIED WITH plugin BY 'value'`. */
function identifiedBy(searched: SearchedText): Finding[] {
  const { text } = searched;
  return searched.at('identified').flatMap((at) => {
    const clause = matchAt(IDENTIFIED_BY, text, at);
    const value = clause === null ? undefined : assignedValue(text, at + clause[0].length);
    if (value === undefined) return [];
    const { start, end } = value;
    const secret = isAssignedSecret('password', text.slice(start, end), { quoted: true, place: 'code' });
    return secret ? [{ kind: KIND, start, end }] : [];
  });
}
