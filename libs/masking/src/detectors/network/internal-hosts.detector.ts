import { startOfRun } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { isHostUnit, LONGEST_HOST } from '../host-name';
import { matchesAt } from '../matches-at';
import { isTellingLabel } from './host-labels';

const KIND = 'host';

/** Endings that are hardly ever the name of a property. */
const PLAIN_SUFFIXES = ['.cluster.local', '.home.arpa', '.intranet', '.intra', '.consul', '.corp', '.lan'];
/** Endings that name properties, files and packages too. */
const AMBIGUOUS_SUFFIXES = ['.internal', '.local', '.private', '.svc'];

/** Hosts of AWS have a kind of their own; the others are the same everywhere and say nothing. */
const NOT_PRIVATE =
  /(?:(?:^|\.)(?:ec2|compute)\.internal|^(?:host|gateway|kubernetes)\.docker\.internal|^host\.(?:containers|minikube)\.internal|^metadata\.google\.internal)$/i;

/** Names of hosts that can only be reached from inside, by their ending. */
export const internalHosts: Detector = {
  kinds: [KIND],
  keywords: [...PLAIN_SUFFIXES, ...AMBIGUOUS_SUFFIXES],
  find(searched) {
    const hosts = (suffix: string, isHost: (text: string, start: number, end: number) => boolean) =>
      searched.at(suffix).flatMap((at) => hostBefore(searched.text, at, at + suffix.length, isHost));
    return [
      ...PLAIN_SUFFIXES.flatMap((suffix) => hosts(suffix, isPlainHost)),
      ...AMBIGUOUS_SUFFIXES.flatMap((suffix) => hosts(suffix, isAmbiguousHost)),
    ];
  },
};

/** What follows a suffix that is not the end of a name: more of it, a call, a member. */
const GOES_ON = /[A-Za-z0-9[]|\((?![가-힣\d])|[-_][A-Za-z0-9]|\.[A-Za-z0-9_]|[?!]\.|\$/y;

function hostBefore(
  text: string,
  suffix: number,
  end: number,
  isHost: (text: string, start: number, end: number) => boolean,
): Finding[] {
  if (matchesAt(GOES_ON, text, end)) return [];
  const start = startOfRun(text, suffix, isHostUnit, LONGEST_HOST);
  const name = text.slice(start, end);
  if (start === suffix || name.includes('..') || NOT_PRIVATE.test(name) || !isHost(text, start, end)) return [];
  return [{ kind: KIND, start, end }];
}

/** In a URL, behind a user or with a port nothing but a host stands. */
const IN_URL = /(?<=:\/\/(?:[^\s/@"'<>]{1,128}@)?|[A-Za-z0-9]@)/y;
const PORT = /:\d{2,5}(?![\d.])/y;

/** A path, a variable or a member before the name. */
const NOT_BEFORE = /(?<=[.$\\]|[\w.-]\/|[{(]\/|\.\/)/y;
/** Code around it: an assignment to it, an import of it. */
const CODE_BEHIND = /\s{0,3}(?:=(?!>)|[+|&?]=|\|\||&&|\?\s|\?\?|instanceof\s|import\s)/y;
const CODE_BEFORE =
  /(?<=(?:\b(?:import|package|require|typeof|return|await|new|const|let|var|namespace|module|extends|delete|yield|if|else)[\s(]{1,3}["'`]?|(?:!|\+|&&|\|\|)\s?|\b(?:const|let|var)\s\w{1,40}\s=\s|=>\s?|\.\.\.))/y;

/** The option of a command, behind which `&&` only joins the next one. */
const OPTION_BEFORE = /(?<=(?:^|\s)--?[A-Za-z][\w-]{0,40}[= ])/y;

/** What says that a host follows. */
const HOST_WORD =
  /(?<=\b(?:hosts?(?:name)?|servers?|machine|endpoint|domain|fqdn|ping|curl|wget|ssh|telnet|nslookup|dig|traceroute|connect(?:ed|ing)?(?:\sto)?|resolve|at|url|addr(?:ess)?|upstream|proxy_pass|server_name|호스트|서버|도메인|주소|접속)["'`]?(?:은|는|명|이름)?\s{0,3}[:=(]?\s{0,3}["'`(]?)/iy;

function isPlainHost(text: string, start: number, end: number): boolean {
  if (matchesAt(IN_URL, text, start) || matchesAt(PORT, text, end)) return true;
  return !matchesAt(NOT_BEFORE, text, start) && !isOperand(text, start, end);
}

function isOperand(text: string, start: number, end: number): boolean {
  return matchesAt(CODE_BEHIND, text, end) && !matchesAt(OPTION_BEFORE, text, start);
}

/** The root of most chains of members, and of the packages of Java, Go and Python. */
const CODE_ROOT =
  /^(?:this|self|that|super|window|document|global|globalthis|process|module|exports?|config\w*|conf|settings?|options?|opts|props|state|ctx|context|params?|args|data|items?|obj|object|env|req|request|res|resp|response|event|e|el|user|chrome|browser|storage|symbol|reflect|math|com|org|net|io|edu|java|javax|jdk|sun|kotlin|scala|akka|android|dagger|guava|google|torch|numpy|core|pkg|src|lib|libs|std|node|meta|import|next|vite|tsconfig|package|docker-compose|compose|application|appsettings|scope|type|types|field|method|access|visibility|modifier|model|schema|view|controller|component|internal|private|public|local)$/i;

const CODE_LABEL = /^(?:packages?|modules?|utils?|impl|class(?:es)?|storage|props|state|prototype|types?)$/i;

function isAmbiguousHost(text: string, start: number, end: number): boolean {
  const labels = text.slice(start, end).split('.');
  const suffix = labels.pop() as string;
  if (suffix.toLowerCase() === 'svc' && labels.length < 2) return false;
  if (matchesAt(IN_URL, text, start) || matchesAt(PORT, text, end)) return true;
  if (matchesAt(NOT_BEFORE, text, start)) return false;
  if (labels.some((label) => label.includes('-'))) return !CODE_ROOT.test(labels[0] as string);
  if (isOperand(text, start, end) || matchesAt(CODE_BEFORE, text, start) || !labels.every(isOneCase)) return false;
  if (CODE_ROOT.test(labels[0] as string) || labels.some((label) => CODE_LABEL.test(label))) return false;
  return labels.length > 1 || isTellingLabel(labels[0] as string) || matchesAt(HOST_WORD, text, start);
}

/** Identifiers mix cases; so does the name of a computer that is called after its owner, which has dashes. */
function isOneCase(label: string): boolean {
  return label.includes('-') || label === label.toLowerCase() || label === label.toUpperCase();
}
