import { isLeftBoundary } from '../boundaries';
import type { Span } from '../span';

/** Commands that name a host, each with the space behind it. */
export const REMOTE_COMMANDS = ['ssh ', 'scp ', 'sftp ', 'rsync ', 'mosh ', 'ssh-copy-id '] as const;

const COPIES: ReadonlySet<string> = new Set(['scp ', 'rsync ', 'sftp ']);

const MOST_WORDS = 24;
const COMMAND = /[^\n\r|;&"'`<>()]{1,300}/y;
const WORD = /[^\s]{1,253}/g;

/** Options of ssh(1), scp(1) and rsync(1) that take the next word when nothing stands directly behind them. */
const OPTION_WITH_VALUE =
  /^-[46AaCfGgKkMNnqsTtVvXxYyrpzauhP]*[BbcDEeFIiJLlmOoPQRSWw]$|^-p$|^--(?:rsh|port|exclude|include)$/;
const JUMP = /^-[A-Za-z]*J$/;

const HOST = '[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?';
const DESTINATION = new RegExp(
  `^(?:(?<user>[\\w.+$-]{1,64})@)?(?<host>${HOST})(?:(?<path>:.*)?[.,:]?|(?<=@${HOST})[^\\w.:/@%$-].*)$`,
);
const DIGITS_AND_DOTS = /^[\d.]+$/;
const TELLING = /[-\d]|[A-Za-z0-9]\.[A-Za-z]/;
/** Words of prose: "ssh key-based authentication". */
const COMPOUND_WORD =
  /-(?:based|less|like|only|enabled|agent|style|specific|client|key|keys|auth|free|ready)$|^(?:key|password|public|private|pre|multi|non|re|end|well|self|post)-/i;
const FILE = /\.(?:pem|key|pub|txt|md|sh|ya?ml|json|tar|gz|tgz|zip|conf|log|sql|py|js|ts|html?|git)$/i;

/** Words that stand for a host in documentation. */
const STAND_IN =
  /^(?:host|hostname|hosts?-?name|server|server-?name|remote|remote-?(?:host|server|machine)|your-?(?:host|server|domain|ip)\S*|ip|ip-?address|address|localhost|machine|target|example|dest(?:ination)?|source|github\.com|gitlab\.com|bitbucket\.org|ssh\.dev\.azure\.com)$/i;

/** Hosts of AWS have a kind of their own. */
const OF_AWS = /\.(?:amazonaws\.com(?:\.cn)?|(?:ec2|compute)\.internal|on\.aws)$/i;

/** Hosts in the commands that begin at some offsets, in ascending order. */
export function hostsOfCommands(text: string, places: readonly number[], command: string): Span[] {
  const spans: Span[] = [];
  let behind = 0;
  for (const at of places) {
    if (at < behind || !isLeftBoundary(text, at) || /[-./\w]/.test(text[at - 1] ?? ' ')) continue;
    const words = wordsBehind(text, at + command.length);
    spans.push(...hostsIn(words, COPIES.has(command)));
    behind = words.at(-1)?.end ?? 0;
  }
  return spans;
}

interface Word extends Span {
  readonly text: string;
}

function wordsBehind(text: string, at: number): Word[] {
  COMMAND.lastIndex = at;
  const words = Array.from((COMMAND.exec(text)?.[0] ?? '').matchAll(WORD));
  return words.slice(0, MOST_WORDS).map(({ 0: word, index }) => ({
    text: word,
    start: at + index,
    end: at + index + word.length,
  }));
}

/** The only destination of a login, or all of a copy: the words behind the first are a command to run there. */
function hostsIn(words: readonly Word[], copies: boolean): Span[] {
  const spans: Span[] = [];
  let before = '';
  for (const word of words) {
    const isValue = OPTION_WITH_VALUE.test(before);
    const isJump = JUMP.test(before);
    before = word.text;
    if (before.startsWith('-') || (isValue && !isJump)) continue;
    const span = destination(word.text, copies);
    if (span !== undefined) spans.push({ start: word.start + span.start, end: word.start + span.end });
    if (!isJump && !copies) break;
  }
  return spans;
}

/** The host of `user@host`, `host` and `host:path`; a word without user and path must look like a host itself. */
function destination(word: string, copies: boolean): Span | undefined {
  const { user, host, path } = DESTINATION.exec(word)?.groups ?? {};
  if (host === undefined || STAND_IN.test(host) || DIGITS_AND_DOTS.test(host) || OF_AWS.test(host) || user === 'git')
    return undefined;
  if (user === undefined && (!TELLING.test(host) || COMPOUND_WORD.test(host))) return undefined;
  if (copies && path === undefined && user === undefined) return undefined;
  if (user === undefined && path === undefined && FILE.test(host)) return undefined;
  const start = user === undefined ? 0 : user.length + 1;
  return { start, end: start + host.length };
}
