import { isAlphanumeric } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { endOf } from '../matches-at';
import type { SearchedText } from '../searched-text';
import type { Span } from '../span';
import { delimitedValue } from './delimited-value';
import { isNaivePassword, isPlaceholder, isStockWord } from './placeholders';

const KIND = 'conn-string';
const SHORTEST_PASSWORD = 3;

const MEMBER_NAMES = ['password', 'passwd', 'pwd'];
const EQUALS = /\s{0,2}=\s{0,2}(?=[^\s=])/y;

/** What stands around a password in the strings of ADO, ODBC and JDBC, and in those of libpq. */
const NEIGHBOUR =
  /(?:^|[\s;"'?&,({:])(?:server|data source|addr(?:ess)?|host(?:name|addr)?|database|initial catalog|dbname|uid|user(?: id|name|id)?|driver|dsn|provider|port|sslmode|network address|integrated security|trusted_connection|persist security info|jdbc:\w{2,20})\s{0,2}[=:]/i;
/** Neighbours are looked for once in each stretch of this length and what surrounds it. */
const STRETCH_BITS = 9;
const STRETCH = 1 << STRETCH_BITS;
const AROUND = 240;

/** Lookbehind reads from the name to the left, so none of these searches. */
const BEHIND_SEMICOLON = /(?<=;\s{0,4})/y;
const BEHIND_WORD = /(?<==\s?(?:'[^']{0,64}'|[^\s'"=]{1,128})[ \t]{1,4})/y;
const IN_URL = /(?<=(?:jdbc:|:\/\/)[^\s"'<>`]{0,240}[?&;,(])/iy;
const IN_CONNECTION_URL =
  /(?<=(?:jdbc:|(?:postgres(?:ql)?|mysqlx?|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|sqlserver|mssql|clickhouse|snowflake|oracle)(?:\+\w{1,16})?:\/\/)[^\s"'<>`]{0,240}[?&;,(])/iy;
const BEFORE_SEMICOLON = /["'}]?;\s{0,4}[A-Za-z][\w ]{1,40}=/y;
const BEFORE_WORD = /["']?[ \t]{1,4}[a-z]{2,20}=/iy;
const END_IN_URL = /[&,)]/;

/** Forms that need nothing around them: what stands before the password, and what has to stand behind it. */
const FORMS: readonly { readonly keyword: string; readonly before: RegExp; readonly closer?: string }[] = [
  {
    keyword: 'pgpassword',
    before:
      /PGPASSWORD(?:=(?=\S)|["'\]]{1,2}\s{0,2}[=:]\s{0,2}|\s{0,2}:\s{1,2}|\s{1,2}=\s{1,2}|["'],\s{0,2}(?=["']))/iy,
  },
  {
    keyword: 'mysql_pwd',
    before: /MYSQL_PWD(?:=(?=\S)|["'\]]{1,2}\s{0,2}[=:]\s{0,2}|\s{0,2}:\s{1,2}|\s{1,2}=\s{1,2}|["'],\s{0,2}(?=["']))/iy,
  },
  { keyword: 'jdbc:oracle:', before: /jdbc:oracle:(?:thin|oci8?|kprb):[^\s/"'@]{1,64}\//iy, closer: '@' },
  { keyword: 'sqlplus', before: /sqlplus(?:\s{1,4}-\w{1,10}){0,3}\s{1,4}["']?[\w.]{1,64}\//iy, closer: '@' },
];

/** `user:password@tcp(host:3306)/db`, as the MySQL driver of Go writes it. */
const GO_LOGIN = /(?<=[\w.$-]:([^\s"'`:/]{3,192}))(?=@(?:tcp|unix)\()/y;

/** Passwords in connection strings that are no URLs, and in the parameters of those that are. */
export const connectionStrings: Detector = {
  kinds: [KIND],
  keywords: [...MEMBER_NAMES, '@tcp(', '@unix(', ...FORMS.map(({ keyword }) => keyword)],
  find(searched) {
    return [...members(searched), ...forms(searched), ...goLogins(searched)]
      .filter(({ start, end }) => {
        const value = searched.text.slice(start, end);
        if (value.length < SHORTEST_PASSWORD || isPlaceholder(value)) return false;
        return !isStockWord(value) || isNaivePassword(value);
      })
      .map(({ start, end }): Finding => ({ kind: KIND, start, end }));
  },
};

function members(searched: SearchedText): Span[] {
  const { text } = searched;
  const neighbours = new Map<number, boolean>();
  const found: Span[] = [];
  for (const name of MEMBER_NAMES) {
    for (const at of searched.at(name)) {
      const value = isNamePart(text.charCodeAt(at - 1)) ? undefined : endOf(EQUALS, text, at + name.length);
      if (value === undefined || !hasNeighbour(text, at, neighbours)) continue;
      const span = memberValue(text, at, value);
      if (span !== undefined) found.push(span);
    }
  }
  return found;
}

function isNamePart(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x5f || unit === 0x2d || unit === 0x2e;
}

function hasNeighbour(text: string, at: number, known: Map<number, boolean>): boolean {
  const stretch = at >> STRETCH_BITS;
  let found = known.get(stretch);
  if (found === undefined) {
    const start = stretch << STRETCH_BITS;
    found = NEIGHBOUR.test(text.slice(Math.max(0, start - AROUND), start + STRETCH + AROUND));
    known.set(stretch, found);
  }
  return found;
}

/** The password, by the rules of the string it stands in; undefined when it stands in no such string. */
function memberValue(text: string, at: number, valueAt: number): Span | undefined {
  const span = delimitedValue(text, valueAt);
  if (span === undefined) return undefined;
  if (endOf(IN_URL, text, at) !== undefined) {
    if (endOf(IN_CONNECTION_URL, text, at) === undefined) return undefined;
    const cut = text.slice(span.start, span.end).search(END_IN_URL);
    return cut === -1 ? span : { start: span.start, end: span.start + cut };
  }
  const before = endOf(BEHIND_SEMICOLON, text, at) ?? endOf(BEHIND_WORD, text, at);
  const behind = before ?? endOf(BEFORE_SEMICOLON, text, span.end) ?? endOf(BEFORE_WORD, text, span.end);
  return behind === undefined ? undefined : span;
}

function forms(searched: SearchedText): Span[] {
  const { text } = searched;
  return FORMS.flatMap(({ keyword, before, closer }) => {
    let behind = 0;
    return searched.at(keyword).flatMap((at): Span[] => {
      const start = at < behind ? undefined : endOf(before, text, at);
      const span = start === undefined ? undefined : delimitedValue(text, start);
      if (span === undefined) return [];
      behind = span.end;
      if (closer === undefined) return [span];
      const end = text.slice(span.start, span.end + 1).lastIndexOf(closer);
      return end === -1 ? [] : [{ start: span.start, end: Math.min(span.end, span.start + end) }];
    });
  });
}

function goLogins(searched: SearchedText): Span[] {
  return [...searched.at('@tcp('), ...searched.at('@unix(')].flatMap((end) => {
    GO_LOGIN.lastIndex = end;
    const password = GO_LOGIN.exec(searched.text)?.[1];
    return password === undefined ? [] : [{ start: end - password.length, end }];
  });
}
