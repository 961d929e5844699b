import { matchesAt } from '../matches-at';

const LONGEST_USER_INFO = 300;

const SCHEME_MARK = '://';
/** Schemes whose addresses are those of persons, although they are written with slashes at times. */
const MAIL_SCHEME = /(?<![A-Za-z])(?:mailto|sips?|xmpp|im)$/i;
/** `user` or `user:password` before the at sign; the password may hold slashes, unless it begins like a port. */
const USER_INFO = /^(?:[^\s/?#"'<>,;()[\]|`*\\]*|[^\s/?#@:"'<>,;]{1,64}:(?!\d{1,5}[/?#])[^\s"'<>@]*)$/;

const BEHIND_COMMAND = /(?<=(?<![\w/.-])(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id|autossh|sshfs)\s[^\n|;&"'`]{0,200})/y;

/** `org@host:path/name.git` of a repository. */
const REPOSITORY = /:[\w.~/-]{1,200}\.git(?![A-Za-z0-9])/y;

/** Whether `user@host` between two offsets is a login: of a URL, a command such as `ssh`, or a repository. */
export function isLogin(text: string, start: number, end: number): boolean {
  return matchesAt(REPOSITORY, text, end) || isUserOfUrl(text, start) || matchesAt(BEHIND_COMMAND, text, start);
}

function isUserOfUrl(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - LONGEST_USER_INFO), start);
  const mark = before.lastIndexOf(SCHEME_MARK);
  if (mark === -1 || MAIL_SCHEME.test(before.slice(0, mark))) return false;
  return USER_INFO.test(before.slice(mark + SCHEME_MARK.length));
}
