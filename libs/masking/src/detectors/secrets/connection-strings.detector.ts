import type { Detector, Finding } from '../detector';
import type { SearchedText } from '../../search/searched-text';
import { isPlaceholder, isStockWord } from './placeholders';

const KIND = 'conn-string';
const SHORTEST_PASSWORD = 3;

const VALUE = String.raw`"(?<double>[^"\r\n]{1,200})"|'(?<single>[^'\r\n]{1,200})'|\{(?<braced>[^{}\r\n]{1,200})\}|(?<bare>[^\s;"'\x60<>\\|]{1,200})`;
const MEMBER = new RegExp(String.raw`(?<![A-Za-z0-9_.-])(?:password|passwd|pwd)\s{0,2}=\s{0,2}(?:${VALUE})`, 'iyd');

/** What stands around a password in the strings of ADO, ODBC and JDBC, and in those of libpq. */
const NEIGHBOUR =
  /(?:^|[\s;"'?&,({:])(?:server|data source|addr(?:ess)?|host(?:name|addr)?|database|initial catalog|dbname|uid|user(?: id|name|id)?|driver|dsn|provider|port|sslmode|network address|integrated security|trusted_connection|persist security info|jdbc:\w{2,20})\s{0,2}[=:]/i;
const BEFORE_BEHIND_SEMICOLON = /;\s{0,4}$/;
const BEFORE_BEHIND_SPACE = /=\s?(?:'[^']{0,64}'|[^\s'"=]{1,128})[ \t]{1,4}$/;
const IN_URL = /(?:jdbc:|[a-z+]{2,16}:\/\/)[^\s"'<>`]{0,240}[?&;,(]$/i;
const CONNECTION_URL =
  /(?:jdbc:|(?:postgres(?:ql)?|mysqlx?|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|sqlserver|mssql|clickhouse|snowflake|oracle)(?:\+\w{1,16})?:\/\/)/i;
const LOOKED_BACK = 240;
const LOOKED_AHEAD = 80;

/** Forms that need nothing around them; the password is the captured group. */
const FORMS: readonly { readonly keyword: string; readonly pattern: RegExp }[] = [
  {
    keyword: 'pgpassword',
    pattern: new RegExp(
      String.raw`(?:)PGPASSWORD(?:["'\]]{0,2}\s{0,2}[=:]\s{0,2}|["'],\s{0,2}(?=["']))(?:${VALUE})`,
      'iyd',
    ),
  },
  {
    keyword: 'mysql_pwd',
    pattern: new RegExp(String.raw`MYSQL_PWD(?:["'\]]{0,2}\s{0,2}[=:]\s{0,2}|["'],\s{0,2}(?=["']))(?:${VALUE})`, 'iyd'),
  },
  {
    keyword: 'jdbc:oracle:',
    pattern:
      /jdbc:oracle:(?:thin|oci8?|kprb):[^\s/"'@]{1,64}\/(?:"(?<double>[^"\r\n]{1,128})"|(?<bare>[^\s"'@]{1,128}))@/diy,
  },
  {
    keyword: 'sqlplus',
    pattern:
      /sqlplus(?:\s{1,4}-\w{1,10}){0,3}\s{1,4}["']?[\w.]{1,64}\/(?:"(?<double>[^"\r\n]{1,128})"|(?<bare>[^\s"'@]{1,128}))@/diy,
  },
];

/** `user:password@tcp(host:3306)/db`, as the MySQL driver of Go writes it. */
const GO_LOGIN = /(?<=[\w.$-]):([^\s"'`@/]{3,128}(?:@[^\s"'`@(]{1,64})?)$/;
const LONGEST_GO_LOGIN = 200;

/** Passwords in connection strings that are no URLs, and in the parameters of those that are. */
export const connectionStrings: Detector = {
  kinds: [KIND],
  keywords: ['password', 'passwd', 'pwd', '@tcp(', '@unix(', ...FORMS.map(({ keyword }) => keyword)],
  find(searched) {
    return [...members(searched), ...forms(searched), ...goLogins(searched)].filter(({ start, end }) => {
      const value = searched.text.slice(start, end);
      return value.length >= SHORTEST_PASSWORD && !isPlaceholder(value) && !isStockWord(value);
    });
  },
};

function members(searched: SearchedText): Finding[] {
  const { text } = searched;
  const findings: Finding[] = [];
  for (const keyword of ['password', 'passwd', 'pwd']) {
    let behind = 0;
    for (const at of searched.at(keyword)) {
      if (at < behind) continue;
      const value = valueAt(MEMBER, text, at);
      if (value === undefined) continue;
      behind = value.end;
      const end = ownEnd(text, at, value);
      if (end !== undefined) findings.push({ kind: KIND, start: value.start, end });
    }
  }
  return findings;
}

function valueAt(pattern: RegExp, text: string, at: number): Finding | undefined {
  pattern.lastIndex = at;
  const groups = pattern.exec(text)?.indices?.groups ?? {};
  const found = groups.double ?? groups.single ?? groups.braced ?? groups.bare;
  if (found === undefined) return undefined;
  const end = found === groups.bare ? found[0] + text.slice(...found).replace(/[),.]+$/, '').length : found[1];
  return { kind: KIND, start: found[0], end };
}

/** Where the password ends by the rules of the string it stands in; undefined when it stands in no such string. */
function ownEnd(text: string, at: number, { start, end }: Finding): number | undefined {
  const before = text.slice(Math.max(0, at - LOOKED_BACK), at);
  if (IN_URL.test(before)) {
    if (!CONNECTION_URL.test(before)) return undefined;
    const cut = text.slice(start, end).search(/[&,)]/);
    return cut === -1 ? end : start + cut;
  }
  const ahead = text.slice(end, end + LOOKED_AHEAD);
  const inList = BEFORE_BEHIND_SEMICOLON.test(before) || /^["'}]?;\s{0,4}[A-Za-z][\w ]{1,40}=/.test(ahead);
  const inWords = BEFORE_BEHIND_SPACE.test(before) || /^["']?[ \t]{1,4}[a-z]{2,20}=/i.test(ahead);
  if (!inList && !inWords) return undefined;
  const line = lastLine(before) + '\n' + ahead;
  return NEIGHBOUR.test(line) ? end : undefined;
}

function lastLine(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
}

function forms(searched: SearchedText): Finding[] {
  return FORMS.flatMap(({ keyword, pattern }) =>
    searched.at(keyword).flatMap((at) => {
      const value = valueAt(pattern, searched.text, at);
      return value === undefined ? [] : [value];
    }),
  );
}

function goLogins(searched: SearchedText): Finding[] {
  return [...searched.at('@tcp('), ...searched.at('@unix(')].flatMap((at) => {
    const password = GO_LOGIN.exec(searched.text.slice(Math.max(0, at - LONGEST_GO_LOGIN), at))?.[1];
    return password === undefined ? [] : [{ kind: KIND, start: at - password.length, end: at }];
  });
}
