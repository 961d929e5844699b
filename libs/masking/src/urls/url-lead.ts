import type { EscapeLevel } from './url-escapes';

const SCHEME = /[A-Za-z][A-Za-z0-9+.-]*$/;
const LONGEST_SCHEME = 16;
/** Schemes that readers of URLs take for one behind any number of slashes, or none. */
const SPECIAL_SCHEME = /(?:https?|wss?|ftp)$/i;
/** Slashes behind one of these are part of a path. */
const PATH_UNIT = /[A-Za-z0-9._)-]/;

/** What may turn out to be the beginning of a URL: a scheme, a colon and slashes, or slashes alone. */
export class UrlLead {
  private slashes = 0;
  private level: EscapeLevel = 0;

  private constructor(
    /** Empty when there is none. */
    readonly scheme: string,
    /** What stands before it, as far as that is remembered. */
    readonly before: string,
    private readonly isPath: boolean,
  ) {}

  /** @param before the text before the colon */
  static atColon(before: string, level: EscapeLevel): UrlLead {
    const bare = before.replace(/\\+$/, '');
    const scheme = SCHEME.exec(bare.slice(-LONGEST_SCHEME))?.[0] ?? '';
    // One letter is the drive of a path.
    const lead = new UrlLead(scheme, bare.slice(0, bare.length - scheme.length), scheme.length === 1);
    lead.meet(level);
    return lead;
  }

  /** @param before the text before the slash */
  static atSlash(before: string, level: EscapeLevel): UrlLead {
    const lead = new UrlLead('', before, PATH_UNIT.test(before.slice(-1)));
    lead.addSlash(level);
    return lead;
  }

  /** Another slash follows. */
  addSlash(level: EscapeLevel): void {
    this.slashes += 1;
    this.meet(level);
  }

  /** Whether a scheme stands before its slashes. */
  get hasScheme(): boolean {
    return this.scheme !== '';
  }

  /** How its slashes are written, so how the rest of the URL is. */
  get escapeLevel(): EscapeLevel {
    return this.level;
  }

  /** Whether the name of a host follows. */
  get announcesHost(): boolean {
    if (this.isPath) return false;
    if (!this.hasScheme) return this.slashes >= 2;
    return SPECIAL_SCHEME.test(this.scheme) || this.slashes === 2;
  }

  private meet(level: EscapeLevel): void {
    if (level !== 0) this.level = level;
  }
}
