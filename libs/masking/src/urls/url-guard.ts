import type { Grant } from '../grants/grant';
import { UntrustedHosts } from './untrusted-hosts';
import { UrlAuthority } from './url-authority';
import { urlUnitAt, type UrlUnit } from './url-escapes';
import { hostOf, looksLikeHost } from './url-host';
import { UrlLead } from './url-lead';
import { UrlRun } from './url-run';

/** Asks whether a token may be restored where it stands; answered when the host of the URL around it is known. */
export interface UrlQuestion {
  readonly grant: Grant;
  /** Undefined until it is known. */
  allowed: boolean | undefined;
}

/** Where something that may be part of a URL begins. */
const BEGINNING = /[:/\\%&]/g;
/** The same in a URL, and what may end it. */
const IN_RUN = /[:/\\%&\0-\x20"'`()[\]{}<>|]/g;
/** How much of the text before an offset is needed to say what begins there. */
const LOOK_BACK = 40;
/** What a value may be a URL by: a colon and slashes, or slashes that no path goes before. */
const AUTHORITY = /(?:(:)|(?<![A-Za-z0-9._)/\\-]))[/\\]{2,}([^\s/\\?#]{1,260})/g;

/**
 * Follows a text and says which values may stand at its end: inside a URL, also one that is escaped or a parameter of
 * another, only those that may go to all its hosts. What is not certainly outside of a URL counts as inside of it.
 * Keeps no more of the text than its last few characters and the host of a URL that is not over.
 */
export class UrlGuard {
  /** Hosts of all URLs so far to which nothing may go. */
  readonly untrusted = new UntrustedHosts();
  private readonly run = new UrlRun();
  private lead: UrlLead | undefined;
  private authority: UrlAuthority | undefined;
  private questions: UrlQuestion[] = [];
  private buffer = '';
  /** Where in the buffer the text begins that has not been read. */
  private at = 0;
  /** How much text stood before the buffer. */
  private origin = 0;
  private readonly look = (): string => this.before;

  /**
   * @param trusts whether any value may go to a host
   * @param isArgument whether the text is the value of an argument, which is a URL to its end if it begins with one
   */
  constructor(
    private readonly trusts: (host: string) => boolean,
    private readonly isArgument: boolean,
  ) {}

  /** More text stands at the end of the text. */
  text(text: string): void {
    const begins = this.isArgument && this.origin + this.buffer.length === 0;
    // Readers of URLs ignore the blanks before them.
    this.buffer += begins ? text.trimStart() : text;
    this.read(false);
  }

  /** A granted token stands at the end of the text. */
  token(question: UrlQuestion): void {
    this.read(true);
    if (this.lead !== undefined) this.followLead(this.lead);
    if (this.authority === undefined) this.answer(question);
    else {
      this.questions.push(question);
      if (!this.authority.takeToken(question.grant)) this.closeAuthority(this.authority);
    }
    // For what follows, a token is a word like any other.
    this.buffer = 'token';
    this.at = this.buffer.length;
    this.origin += LOOK_BACK;
  }

  /** Another text begins. */
  boundary(): void {
    this.end();
    this.authority = undefined;
    this.lead = undefined;
    this.run.end();
    this.buffer = '';
    this.at = 0;
    this.origin = 0;
  }

  /** Answers what is open by what is known now. */
  end(): void {
    this.read(true);
    if (this.authority !== undefined) this.meet(this.authority.host);
  }

  private read(ended: boolean): void {
    while (this.at < this.buffer.length) {
      if (this.authority === undefined && this.lead === undefined) {
        const interesting = this.run.isOpen ? IN_RUN : BEGINNING;
        interesting.lastIndex = this.at;
        this.at = interesting.exec(this.buffer)?.index ?? this.buffer.length;
        if (this.at === this.buffer.length) break;
      }
      const unit = urlUnitAt(this.buffer, this.at, ended);
      if (unit === undefined) break;
      this.take(unit);
      this.at += unit.length;
    }
    const done = Math.max(0, this.at - LOOK_BACK);
    this.buffer = this.buffer.slice(done);
    this.origin += done;
    this.at -= done;
  }

  private take(unit: UrlUnit): void {
    if (this.lead !== undefined && unit.unit !== '/' && unit.unit !== '\\') this.followLead(this.lead);
    if (unit.level === 0 && this.run.isOpen && this.run.endsAt(unit.unit, this.look)) return this.endRun();
    if (this.authority?.take(unit) === true) return;
    if (this.authority !== undefined) this.closeAuthority(this.authority);
    if (unit.unit === ':') this.lead = UrlLead.atColon(this.before, unit.level);
    else if (unit.unit !== '/' && unit.unit !== '\\') return;
    else if (this.lead === undefined) this.lead = UrlLead.atSlash(this.before, unit.level);
    else this.lead.addSlash(unit.level);
  }

  private get before(): string {
    return this.buffer.slice(Math.max(0, this.at - LOOK_BACK), this.at);
  }

  /** What stood before turned out to announce a host, or not. */
  private followLead(lead: UrlLead): void {
    this.lead = undefined;
    if (!lead.announcesHost) return;
    this.authority = new UrlAuthority(lead);
    this.run.open(lead, this.isArgument && this.origin === 0 && lead.before === '');
  }

  private endRun(): void {
    if (this.authority !== undefined) this.closeAuthority(this.authority);
    this.run.end();
    this.lead = undefined;
  }

  private closeAuthority(authority: UrlAuthority): void {
    const { host } = authority;
    this.authority = undefined;
    this.meet(host);
    if (host === undefined && this.run.hosts.size === 0) this.run.end();
  }

  /** Takes note of a host, if there is one, and answers what waited for it. */
  private meet(host: string | undefined): void {
    if (host !== undefined && !this.trusts(host)) {
      this.run.hosts.add(host);
      this.untrusted.add(host);
    }
    for (const question of this.questions) this.answer(question);
    this.questions = [];
  }

  private answer(question: UrlQuestion): void {
    question.allowed = this.run.hosts.allow(question.grant);
    if (question.allowed) this.meetValue(question.grant.value);
  }

  /** A value that is restored may itself be a URL that goes on behind it. */
  private meetValue(value: string): void {
    for (const [, colon, authority] of value.matchAll(AUTHORITY)) {
      const host = hostOf(authority as string);
      if (host === undefined || this.trusts(host)) continue;
      // Keys and passwords hold slashes as well.
      if (colon === undefined && !looksLikeHost(host)) continue;
      this.run.open({ before: '' }, false);
      this.run.hosts.add(host);
      this.untrusted.add(host);
    }
  }
}
