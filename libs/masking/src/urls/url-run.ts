import { UntrustedHosts } from './untrusted-hosts';
import type { UrlLead } from './url-lead';

/** What ends a URL that stands behind one of these. */
const CLOSERS: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '(': ')',
  '[': ']',
  '{': '}',
  '<': '>',
  '>': '<',
  '|': '|',
};
const OPENER = /(\\*)([^\\])$/s;

/**
 * The stretch of a text that may be one URL, with all hosts that are named in it: also those of URLs that are its
 * parameters. It ends where every reader ends it: at a blank, or at the counterpart of the quote or bracket before it.
 */
export class UrlRun {
  /** Those to which nothing may go. */
  readonly hosts = new UntrustedHosts();
  private closer: string | undefined;
  private backslashes = 0;
  private parentheses = 0;
  private blanks: 'end' | 'line' | 'stay' = 'end';
  private opened = false;

  /** Whether the text stands in a URL. */
  get isOpen(): boolean {
    return this.opened;
  }

  /**
   * A URL begins; one that stands in it does not begin another run.
   *
   * @param before the text before it
   * @param isArgument whether the URL begins the value of an argument, and is all of it
   */
  open({ before }: Pick<UrlLead, 'before'>, isArgument: boolean): void {
    if (this.opened) return;
    this.opened = true;
    const [, escapes = '', opener = ''] = OPENER.exec(before) ?? [];
    this.closer = isArgument ? undefined : CLOSERS[opener];
    this.backslashes = escapes.length;
    this.parentheses = 0;
    const isAttribute = /["']/.test(opener) && before.at(-2 - escapes.length) === '=';
    // Some readers of Markdown let the address of a link hold blanks.
    const isLink = opener === '<' || before.endsWith('](');
    this.blanks = isArgument || isAttribute ? 'stay' : isLink ? 'line' : 'end';
  }

  /** Whether an unescaped character ends it. @param before gives the text before the character */
  endsAt(unit: string, before: () => string): boolean {
    if (unit <= ' ') return this.blanks === 'end' || (this.blanks === 'line' && (unit === '\n' || unit === '\r'));
    if (this.closer === ')' && unit === '(') this.parentheses += 1;
    if (unit !== this.closer || trailingBackslashes(before()) > this.backslashes) return false;
    if (unit === ')' && this.parentheses > 0) {
      this.parentheses -= 1;
      return false;
    }
    return true;
  }

  /** The URL is over. */
  end(): void {
    this.opened = false;
    this.hosts.clear();
  }
}

function trailingBackslashes(text: string): number {
  let at = text.length;
  while (text[at - 1] === '\\') at -= 1;
  return text.length - at;
}
