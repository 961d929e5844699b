import { isAlphanumeric, startOfRun } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { isPlaceholder, isStockWord } from './placeholders';
import { looksRandom } from './randomness';

/** Schemes of databases, brokers and directories, without the driver that may follow a plus sign. */
const CONNECTION_SCHEMES: ReadonlySet<string> = new Set(
  'postgres postgresql pg pgsql mysql mysqlx mysql2 mariadb mongodb mongo redis rediss valkey amqp amqps rabbitmq mssql sqlserver jtds oracle clickhouse clickhouses cockroachdb cockroach snowflake kafka ldap ldaps nats mqtt mqtts stomp couchbase couchbases couchdb cassandra neo4j neo4js bolt db2 ibmdb informix sybase firebird hive hive2 impala trino presto memcached redshift vertica influxdb pulsar tidb timescaledb databricks teradata hana tds sqlite duckdb exasol crate dynamodb elasticsearch opensearch surrealdb arangodb dgraph odbc dsn'.split(
    ' ',
  ),
);

const LONGEST_SCHEME = 32;
const AUTHORITY = /[^\s/?#"'`<>\\]{1,320}/y;
/** A password with `/`, `?` or `#` in it, which should have been encoded. */
const LOOSE_AUTHORITY = /[^\s"'`<>\\]{1,320}/y;
/** A host with something behind it that no host holds: what follows belongs to the surrounding text. */
const COMPLETE_HOST =
  /^(?:[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}|localhost|[A-Za-z0-9-]{1,63}:\d{2,5})(?::\d{1,5})?[^A-Za-z0-9.:%-]/;
const HOST = /^(?:[A-Za-z0-9_[$%{]|[^ -~])/;
const LOOSE_HOST = /^(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,}|^localhost(?![\w-])|^[\w-]{1,63}:\d{2,5}(?!\d)/;

/** Hosts that only documentation and developers' machines have. */
const OWN_HOST =
  /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host(?:name)?|server|domain|address|your[-_.\w]*|my[-_]?host|db[-_]?host|ip|<.*|\{.*|\$.*)(?![\w-]*\.\w)/i;
const EXAMPLE_HOST = /^(?:[\w-]{1,63}\.){0,6}(?:example(?:\.(?:com|org|net|edu))?|test\.com|domain\.com)(?![\w.-]*\w)/i;

const SHORTEST_PASSWORD = 3;
const SHORTEST_TOKEN = 16;
/** What stands for a password where the user name is the credential. */
const NO_PASSWORD: ReadonlySet<string> = new Set(['', 'x-oauth-basic', 'x', 'api_token', 'X-OAUTH-BASIC']);

/** SQL Server puts its settings behind the port, where another URL has its path. */
const PORT_AND_SETTINGS = /^\d{1,5};\w{1,40}=/;

interface Credential {
  readonly start: number;
  readonly end: number;
  readonly host: string;
}

/** Passwords, and tokens in the place of a user name, in URLs: of databases and brokers one kind, of all others another. */
export const urlCredentials: Detector = {
  kinds: ['conn-string', 'basic-auth-url'],
  keywords: ['://'],
  find(searched) {
    const { text } = searched;
    const hits = searched.at('://');
    let sign = -1;
    return hits.flatMap((at, index): Finding[] => {
      const limit = hits[index + 1] ?? text.length;
      if (sign !== text.length && sign < at) sign = indexOrEnd(text, '@', at);
      if (sign > limit) return [];
      const scheme = schemeBefore(text, at);
      if (scheme === '') return [];
      const connection = CONNECTION_SCHEMES.has(scheme.split('+')[0] as string);
      const found = credentialAt(text, at + 3, limit);
      if (found === undefined || isStock(text.slice(found.start, found.end), found.host, connection)) return [];
      return [{ kind: connection ? 'conn-string' : 'basic-auth-url', start: found.start, end: found.end }];
    });
  },
};

function indexOrEnd(text: string, sought: string, from: number): number {
  const at = text.indexOf(sought, from);
  return at === -1 ? text.length : at;
}

function schemeBefore(text: string, end: number): string {
  const start = startOfRun(text, end, isSchemeUnit, LONGEST_SCHEME);
  return text.slice(start, end).toLowerCase().replace(/^\d+/, '');
}

function isSchemeUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2b || unit === 0x2d || unit === 0x2e;
}

function credentialAt(text: string, start: number, limit: number): Credential | undefined {
  const strict = runAt(AUTHORITY, text, start);
  const at = lastAt(strict);
  if (at !== -1) return credentialIn(strict, at, start);
  const colon = strict.indexOf(':');
  if (colon === -1 || /^(?:\d*|port|\{.*)$/i.test(strict.slice(colon + 1))) return undefined;
  const loose = runAt(LOOSE_AUTHORITY, text, start).slice(0, limit - start);
  const looseAt = lastAt(loose);
  return looseAt !== -1 && LOOSE_HOST.test(loose.slice(looseAt + 1)) ? credentialIn(loose, looseAt, start) : undefined;
}

function runAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** The at sign before the host: the last one, unless a host was complete before it. */
function lastAt(authority: string): number {
  let at = authority.indexOf('@');
  for (let next = at; next !== -1;) {
    next = authority.indexOf('@', at + 1);
    if (next === -1 || COMPLETE_HOST.test(authority.slice(at + 1, next))) break;
    at = next;
  }
  return at;
}

function credentialIn(authority: string, at: number, offset: number): Credential | undefined {
  const host = authority.slice(at + 1);
  if (!HOST.test(host)) return undefined;
  const login = authority.slice(0, at);
  const colon = login.indexOf(':');
  const user = colon === -1 ? login : login.slice(0, colon);
  const password = colon === -1 ? '' : login.slice(colon + 1);
  if (NO_PASSWORD.has(password)) {
    const issued = looksRandom(user, SHORTEST_TOKEN, 3) && !isPlaceholder(user);
    return issued ? { start: offset, end: offset + user.length, host } : undefined;
  }
  if (password.length < SHORTEST_PASSWORD || isPlaceholder(password) || PORT_AND_SETTINGS.test(password)) {
    return undefined;
  }
  return { start: offset + colon + 1, end: offset + at, host };
}

/** `user:password@localhost` is how documentation writes a URL. */
function isStock(password: string, host: string, connection: boolean): boolean {
  return isStockWord(password) && (OWN_HOST.test(host) || (connection && EXAMPLE_HOST.test(host)));
}
