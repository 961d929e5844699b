import { matchesAt } from '../matches-at';
import type { Span } from '../span';

const HOST = '[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?';

/** Behind the letters `host`: the rest of a name, what assigns, a quote, the value and what follows it. */
const ASSIGNMENT = new RegExp(
  String.raw`(?:[_-]?name)?(?:\\{0,3}["'\x60]|\*\*)?(\s{0,3}[:=](?:\*\*)?\s{0,3}|\s{1,3}(?=\S))(\\{0,3}["'\x60])?` +
    String.raw`(?:[a-z][a-z0-9+.-]{1,20}:\/\/)?(${HOST})([^\n]?)`,
  'iy',
);

/** What a match consists of. */
type Parts = readonly [whole: string, operator: string, open: string | undefined, host: string, behind: string];

/** What may stand before: the name of a service, an option, a key of JSON or YAML, the parameter of a URL. */
const NAME_BEFORE =
  /(?<=(?:^|[^A-Za-z0-9.])(?:--?)?(?:[A-Za-z0-9]{1,32}[_-]){0,6}(?:(?:db|pg|redis|mail|smtp|sql|mysql|remote|proxy|server|target|ssh|ldap|mongo|kafka|api|v|bastion)?|PG|[a-z0-9]{1,24}(?=H)))/y;

/** A line of ssh_config(5), or an entry of the `/etc` kind, where only spaces stand between name and value. */
const SSH_CONFIG = /(?<=(?:^|\n|\\n)[ \t]{0,8})/y;
const OPTION = /(?<=(?:^|\s)--(?:[a-z]{1,16}-){0,2})/y;

const ENDS_IN_SUFFIX = /\.(?:internal|local|lan|corp|intra|intranet|private|svc|home\.arpa)$/i;
const NOT_NUMERIC = /[A-Za-z]/;
const MACHINE = /[A-Za-z]-?\d|-/;
const UPPER_MACHINE = /^[A-Z0-9-]*\d[A-Z0-9-]*$/;

/** Names that everybody knows, and those that stand for a name. */
const NOBODYS =
  /^(?:localhost.*|(?:my|your|the|some|test|example|remote|db|sql|smtp|mail|proxy|api|target|server|web)?-?host-?(?:name|\d)?|(?:my|your|some)-.*|x-forwarded-.*|x-real-.*|host\.docker\.internal|same-?origin|cross-?origin|utf-8|kebab-case|content-.*|user-agent|accept.*|cache-control|keep-alive|transfer-encoding|non-.*|self-.*|read-only|no-.*)$/i;
const PUBLIC_ENDING = /\.(?:com|net|org|io|dev|app|cloud|ai|co|kr|jp|cn|de|uk|us|fr|eu|example|test|invalid)$/i;
const PUBLIC_SERVICE =
  /(?:^|\.)(?:www\..*|(?:google|googleapis|gmail|github|githubusercontent|gitlab|bitbucket|openai|anthropic|claude|amazonaws|azure|microsoft|office365|outlook|windows|slack|stripe|cloudflare|npmjs|docker|sendgrid|mailgun|naver|kakao|daum|apple|facebook|twitter|x|youtube|wikipedia|mozilla|sentry|datadoghq|example)\.(?:com|net|org|io|ai|co\.kr|dev))$/i;
const LABELS_OF_PUBLIC = 3;

/** Values of settings that are called host: names of machines, and names of several labels. */
export function hostsOfSettings(text: string, places: readonly number[]): Span[] {
  return places.flatMap((at) => {
    ASSIGNMENT.lastIndex = at + 'host'.length;
    const match = ASSIGNMENT.exec(text);
    if (match === null || !isSetting(text, at, match)) return [];
    const [whole, , , host, behind] = match as unknown as Parts;
    const end = match.index + whole.length - behind.length;
    return [{ start: end - host.length, end }];
  });
}

function isSetting(text: string, at: number, match: RegExpExecArray): boolean {
  const [, operator, open, host, behind] = match as unknown as Parts;
  if (!NOT_NUMERIC.test(host) || NOBODYS.test(host)) return false;
  if (operator.trim() === '') return isLine(text, at, host, behind);
  if (!matchesAt(NAME_BEFORE, text, at) || /[A-Za-z0-9_(]/.test(behind)) return false;
  const quoted = open !== undefined;
  if (quoted && !/["'`\\:/]/.test(behind)) return false;
  if (!quoted && operator !== '=' && !/^[\s#,]?$/.test(behind)) return false;
  if (isHeader(text, at, quoted) && PUBLIC_ENDING.test(host)) return false;
  return isHost(host, quoted || operator === '=');
}

/** The header of HTTP, which mostly names a public service. */
function isHeader(text: string, at: number, quoted: boolean): boolean {
  return !quoted && text.startsWith('Host: ', at);
}

/** `HostName web-1` of ssh_config(5), and `--host web-1` of a command. */
function isLine(text: string, at: number, host: string, behind: string): boolean {
  if (matchesAt(OPTION, text, at)) return /^[\s"'`]?$/.test(behind) && isHost(host, true);
  return /^[\r\\]?$/.test(behind) && matchesAt(SSH_CONFIG, text, at) && text[at] === 'H' && isHost(host, true);
}

/** @param delimited whether nothing but a value can stand there, so that `web01` is no variable */
function isHost(host: string, delimited: boolean): boolean {
  const labels = host.split('.');
  if (labels.length === 1) return delimited ? MACHINE.test(host) : host.includes('-') || UPPER_MACHINE.test(host);
  if (ENDS_IN_SUFFIX.test(host)) return delimited || labels.some((label) => MACHINE.test(label));
  return PUBLIC_ENDING.test(host) && labels.length >= LABELS_OF_PUBLIC && !PUBLIC_SERVICE.test(host);
}
