import { isLeftBoundary } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { isPlaceholder, isStockWord } from './placeholders';

const KIND = 'curl-auth';
const LONGEST_COMMAND = 2048;
const LONGEST_BEHIND = 16;
const QUOTE = /["']/;
const BEHIND_VALUE = /[),.:?*`\]]+$/;
const SHORTEST_PASSWORD = 4;

const QUOTED_OR_BARE = String.raw`(?:"([^"\r\n]{1,200})"|'([^'\r\n]{1,200})'|([^\s"'\x60<>|;\\][^\s"'\x60<>|;\\]{0,200}))`;
const PASSWORD_OPTIONS = String.raw`--(?:password|passwd|pass|http-password|ftp-password|proxy-password|proxy-passwd)(?:=|\s{1,4})`;
const option = (names: string): RegExp => new RegExp(String.raw`(?<=\s)(?:${names})${QUOTED_OR_BARE}`, 'g');

/** `user:password`, quoted as a whole or in parts; the password alone, or the user alone when it has no password. */
const LOGIN = new RegExp(
  String.raw`(?<=\s)(?:-[A-Za-z]{0,5}u|--user|--proxy-user|-U)(?:=|\s{0,5})(?:` +
    [
      String.raw`"(?:[^":\r\n]{0,100}:([^"\r\n]{1,200})|([^":\r\n]{8,200}):)"(?!:)`,
      String.raw`'(?:[^':\r\n]{0,100}:([^'\r\n]{1,200})|([^':\r\n]{8,200}):)'(?!:)`,
      String.raw`(?:"[^"\r\n]{1,100}"|'[^'\r\n]{1,100}'|[\w$@.+%-]{0,100}):(?:"([^"\r\n]{1,200})"|'([^'\r\n]{1,200})'|([^\s"'\x60<>|;\\]{4,200}))`,
      String.raw`([\w.$@-]{12,200}):(?=\s|$)`,
    ].join('|') +
    ')',
  'g',
);

/** Cookies that curl is given as they are; behind a name alone stands a file. */
const COOKIE = /(?<=\s-b\s{0,3}["']?[\w.-]{1,64}=)([^\s"'\x60<>|;\\&]{8,400})/g;

interface Command {
  /** What follows the name, so that prose and URLs that hold it are no commands. */
  readonly behind: RegExp;
  readonly options: readonly RegExp[];
}

const BLANK = /^(?:\.exe)?[ \t]/;
const COMMANDS: Readonly<Record<string, Command>> = {
  curl: { behind: BLANK, options: [LOGIN, option(PASSWORD_OPTIONS), COOKIE] },
  wget: { behind: BLANK, options: [option(PASSWORD_OPTIONS)] },
  http: { behind: /^s?[ \t]{1,4}(?:-|GET|POST|PUT|DELETE|PATCH)/, options: [httpieLogin()] },
  sshpass: { behind: BLANK, options: [option(String.raw`-p\s{0,4}`)] },
  mysql: { behind: /^(?:dump|admin|import|check|show|sh|slap|binlog)?(?:\.exe)?[ \t]/, options: [option('-p')] },
  mariadb: { behind: /^(?:-dump|-admin)?[ \t]/, options: [option('-p')] },
  login: { behind: BLANK, options: [option(String.raw`-p\s{0,4}|--password(?:=|\s{1,4})|-p=`)] },
  'redis-cli': { behind: BLANK, options: [option(String.raw`-a\s{1,4}|--pass\s{1,4}`)] },
  mongo: {
    behind: /^(?:sh|dump|restore|export|import|stat|top)?[ \t]/,
    options: [option(String.raw`-p\s{0,4}|--password(?:=|\s{1,4})`)],
  },
  sqlcmd: { behind: BLANK, options: [option(String.raw`-P\s{0,4}`)] },
  ldap: { behind: /^(?:search|modify|add|delete|passwd|whoami)[ \t]/, options: [option(String.raw`-w\s{0,4}`)] },
  smbclient: { behind: BLANK, options: [option(String.raw`-U\s{0,4}["']?[\w\\.-]{1,64}%`)] },
};

function httpieLogin(): RegExp {
  return new RegExp(String.raw`(?<=\s)(?:-a|--auth)(?:=|\s{1,4})["']?[\w.@-]{1,64}:([^\s"'\x60<>|;\\]{4,200})`, 'g');
}

/** Passwords among the arguments of commands that take one. */
export const commandLineCredentials: Detector = {
  kinds: [KIND],
  keywords: Object.keys(COMMANDS),
  find(searched) {
    return Object.entries(COMMANDS).flatMap(([name, command]) => {
      const { text } = searched;
      let behind = 0;
      return searched.at(name).flatMap((at) => {
        const start = at + name.length;
        if (
          at < behind ||
          !command.behind.test(text.slice(start, start + LONGEST_BEHIND)) ||
          !isLeftBoundary(text, at)
        ) {
          return [];
        }
        const line = commandLine(text.slice(start, start + LONGEST_COMMAND));
        behind = start + (line.length < LONGEST_COMMAND ? line.length : LONGEST_COMMAND / 2);
        return command.options.flatMap((pattern) => passwords(line, pattern, start));
      });
    });
  },
};

/** Up to the end of the line, lines continued with a backslash included. */
function commandLine(rest: string): string {
  return /^(?:[^\r\n\\]|\\(?:\r?\n)?)*/.exec(rest)?.[0] ?? '';
}

function passwords(line: string, pattern: RegExp, offset: number): Finding[] {
  const findings: Finding[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    const raw = match.slice(1).find((group) => group !== undefined) ?? '';
    const quoted = QUOTE.test(match[0].slice(-1));
    const value = quoted ? raw : raw.replace(BEHIND_VALUE, '');
    if (value.length < SHORTEST_PASSWORD || isStockWord(value) || isPlaceholder(raw)) continue;
    const start = offset + match.index + match[0].lastIndexOf(raw);
    findings.push({ kind: KIND, start, end: start + value.length });
  }
  return findings;
}
