/** Where a value stands behind the name of a setting. */
export interface ValuePlace {
  /** Where the value or its quote begins. */
  readonly at: number;
  /**
   * `setting`: as only settings are written, such as `NAME=value` without blanks or a line of YAML. `code`: as a
   * program is written too, where a bare word is a variable. `text`: in a sentence. `cell`: in a table.
   */
  readonly kind: 'setting' | 'code' | 'text' | 'cell';
  /** In such a place only a quoted value is one. */
  readonly quotedOnly: boolean;
}

const QUOTE = String.raw`\\{0,8}["'\x60]`;
const CLOSING = String.raw`(?:${QUOTE}|\*\*|\[\d{0,4}\]|\]|\))`;
const TYPE = String.raw`(?:[ \t]{0,2}:?[ \t]{0,2}(?:string|String|str|&str|std::string|NSString ?\*|char|text|SecureString|final|Optional\[str\])(?:\[\d{0,4}\])?\??(?=[ \t]{0,4}=))?`;
const SIGN = String.raw`:{1,3}=|[+.?]=|\?\?=|\|\|=|!={1,2}|={2,3}|=>|->|=|:`;
/** YAML's mark of a value on lines of its own. */
const BLOCK = String.raw`(?:[|>][-+]?[ \t]{0,4}\r?\n[ \t]{1,32})?`;
const OPERATOR = new RegExp(`${CLOSING}{0,3}${TYPE}([ \\t]{0,20}(?:${SIGN})[ \\t]{0,20})${BLOCK}`, 'y');
const COMPARISON = /^(?:=>|->|[!=]==?)$/;

/** The name is a string of its own, and the value the next argument, member, attribute, element or cell. */
const NEXT_ARGUMENT = new RegExp(String.raw`${QUOTE}\s{0,8},\s{0,8}(?=[@fbru$]?${QUOTE})`, 'y');
/** The name is that of what is constructed or called with the value. */
const ARGUMENT = new RegExp(String.raw`\(\s{0,4}(?=[@$]?${QUOTE})`, 'y');
const ASKS =
  /^(?:get|find|has|fetch|read|load|look|describe|delete|list|remove|is)|\.(?:get|find|has|fetch|read|load|delete|remove)\w*$/i;
const VALUE_MEMBER =
  /\\{0,8}["']?(?:\s{0,4},?\s{1,40}|,)\\{0,8}["']?(?:value|Value|VALUE|defaultValue)\\{0,8}["']?\s{0,4}[:=]\s{0,4}/y;
const ELEMENT = />\s{0,40}(?=[^<>\s]{1,240}\s{0,40}<\/)/y;
const CELL = /(?:\*\*|`)?(?:[ \t]{0,20}\|[ \t]{0,20}|<\/t[dh]>\s{0,40}<t[dh]>)(?=[^\s|])/y;
/** A line of a table of comma-separated values that ends behind a random one. */
const COMMA_CELL = /,(?=[\w+/=.-]{20,200},?(?:$|[\r\n]))/y;
const BLANK = /[ \t]{1,8}(?=[^\s=:-])/y;
const BLANK_AND_QUOTE = new RegExp(String.raw`(?:${QUOTE})?[ \t]{1,4}(?=["'])`, 'y');
const SENTENCE =
  /(?:[ \t]{1,2}for[ \t]{1,2}[\w@.-]{1,40}[ \t]{0,2}[:=][ \t]{1,2}(?=\S))|(?:[ \t]{1,2}(?:for|of|on|to)[ \t]{1,2}[\w@.-]{1,40}){0,2}[ \t]{1,2}(?:is|was|are|will be|set to|equals|would be)(?:[ \t]{1,2}(?:now|set to))?[ \t]{0,2}:?[ \t]{1,2}(?=\S)/y;

/** What stands before a name. Lookbehind reads from the name to the left, so none of these searches. */
const BEGINS_LINE = /(?<=(?:^|[\r\n])[ \t]{0,40}(?:[-*>][ \t]{1,4})?["']?)/y;
const IN_CALL = new RegExp(String.raw`(?<=\(\s{0,8}${QUOTE})`, 'y');
const IN_TAG = /(?<=<(?:[\w-]{1,20}:)?)/y;
const IN_CONDITION = /(?<=\?\s{1,8}["'`]?)/y;
const IS_FLAG = /(?<=(?:^|[\s"'`(,[])-{0,2})(?=-)|(?<=(?:^|[\s"'`(,[])-{1,2})/y;
const BEHIND_COMMAND =
  /(?<=(?:^|[\s;&|(])(?:ENV|ARG|setx|set -gx|set -x|config set|login \S{1,64}|user \S{1,64})[ \t]{1,4})/iy;

/** What no longer operator, no blank and no quote begins with. */
const BARE_VALUE = /[A-Za-z0-9]/;
const MOST_BLANKS = 20;
/** What neither an operator nor the type in front of one begins with. */
const PLAIN: ReadonlySet<number> = new Set(
  Array.from('abdeghijklmnopqruvwxyzABCDEFGHIJKLMPQRTUVWXYZ0123456789', (unit) => unit.charCodeAt(0)),
);

/** Settings of Redis, which has no sign between name and value. */
const BLANK_NAME = /^(?:requirepass|masterauth)$/i;
/** "Pass" in a sentence is a verb. */
const VERB = /^pass$/i;

/** Where the value stands that the name between two offsets is given; undefined when it is given none. */
export function placeOfValue(text: string, start: number, end: number): ValuePlace | undefined {
  if (text[end] === '=' && BARE_VALUE.test(text.charAt(end + 1)))
    return { at: end + 1, kind: 'setting', quotedOnly: false };
  let next = end;
  while (next < end + MOST_BLANKS && (text[next] === ' ' || text[next] === '\t')) next += 1;
  const operator = PLAIN.has(text.charCodeAt(next)) ? null : matchAt(OPERATOR, text, end);
  if (operator === null || (operator[1]?.trim() === ':' && holds(IN_CONDITION, text, start))) {
    return next > end ? placeBehindBlank(text, start, end, next) : placeWithoutOperator(text, start, end);
  }
  return placeBehind(text, start, operator);
}

function placeBehind(text: string, start: number, operator: RegExpExecArray): ValuePlace {
  const blanked = operator[1] as string;
  const sign = blanked.trim();
  const settled = (sign === '=' && blanked.length === 1) || (sign === ':' && holds(BEGINS_LINE, text, start));
  return {
    at: operator.index + operator[0].length,
    kind: settled ? 'setting' : 'code',
    quotedOnly: COMPARISON.test(sign),
  };
}

function placeWithoutOperator(text: string, start: number, end: number): ValuePlace | undefined {
  if (text[end] === '>') return holds(IN_TAG, text, start) ? place(ELEMENT, 'setting', text, end) : undefined;
  if (text[end] === '(') {
    return ASKS.test(text.slice(start, end)) ? undefined : place(ARGUMENT, 'code', text, end, true);
  }
  const named =
    place(VALUE_MEMBER, 'setting', text, end) ?? place(CELL, 'cell', text, end) ?? place(COMMA_CELL, 'cell', text, end);
  if (named !== undefined) return named;
  const pattern = holds(IN_CALL, text, start) ? NEXT_ARGUMENT : BLANK_AND_QUOTE;
  return place(pattern, 'code', text, end, true);
}

function placeBehindBlank(text: string, start: number, end: number, next: number): ValuePlace | undefined {
  const first = text[next];
  if (first === '|') return place(CELL, 'cell', text, end);
  if (holds(IS_FLAG, text, start)) return place(BLANK, 'text', text, end);
  if (first === '"' || first === "'") {
    return VERB.test(text.slice(start, end)) ? undefined : place(BLANK_AND_QUOTE, 'code', text, end, true);
  }
  if (BLANK_NAME.test(text.slice(start, end)) || holds(BEHIND_COMMAND, text, start)) {
    return place(BLANK, 'setting', text, end);
  }
  return place(SENTENCE, 'text', text, end) ?? place(VALUE_MEMBER, 'setting', text, end);
}

function place(
  pattern: RegExp,
  kind: ValuePlace['kind'],
  text: string,
  at: number,
  quotedOnly = false,
): ValuePlace | undefined {
  const match = matchAt(pattern, text, at);
  return match === null ? undefined : { at: at + match[0].length, kind, quotedOnly };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function holds(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
