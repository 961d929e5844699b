import type { Grant } from '../grants/grant';
import { TOKEN_LENGTH } from '../tokens/token-format';
import type { EscapeLevel, UrlUnit } from './url-escapes';
import { HOST_KINDS, hostOf, looksLikeHost, UNKNOWN_HOST } from './url-host';
import type { UrlLead } from './url-lead';

/** A longer one is no host, and nobody writes that much before one. */
const LONGEST_AUTHORITY = 260;

/** Stand for the tokens of an authority, in their order. */
const FIRST_PLACEHOLDER = 0xe000;
const PLACEHOLDERS = /[\ue000-\ue0ff]/g;
const DELIMITERS = '/?#@:[]\\';
const ENDS = '/?#';

/** What stands between the slashes and the path of a URL, as it arrives. */
export class UrlAuthority {
  private text = '';
  private length = 0;
  /** Readers of URLs differ in what the host is. */
  private isAmbiguous = false;
  private readonly grants: Grant[] = [];

  constructor(private readonly lead: UrlLead) {}

  /** @returns whether more may follow: not behind what ends it */
  take({ unit, level }: UrlUnit): boolean {
    const counts = this.counts(level);
    if (counts && ENDS.includes(unit)) return false;
    // Readers of URLs remove line ends and tabs.
    if ('\t\r\n'.includes(unit)) return true;
    if (counts || !DELIMITERS.includes(unit)) this.text += unit.replace(PLACEHOLDERS, '?');
    else if (level === 'quoted') this.isAmbiguous = true;
    else this.text += '%';
    this.length += 1;
    return this.length <= LONGEST_AUTHORITY;
  }

  /** @returns whether more may follow */
  takeToken(grant: Grant): boolean {
    this.text += String.fromCharCode(FIRST_PLACEHOLDER + this.grants.length);
    this.grants.push(grant);
    this.length += TOKEN_LENGTH;
    return this.length <= LONGEST_AUTHORITY;
  }

  /** The host with its tokens replaced by what they stand for; undefined when this is no URL. */
  get host(): string | undefined {
    if (this.isAmbiguous || this.length > LONGEST_AUTHORITY) return UNKNOWN_HOST;
    const masked = hostOf(this.text);
    if (masked === undefined || masked === UNKNOWN_HOST) return masked;
    let hasHostToken = false;
    const clear = masked.replace(PLACEHOLDERS, (placeholder) => {
      const { kind, value } = this.grants[placeholder.charCodeAt(0) - FIRST_PLACEHOLDER] as Grant;
      hasHostToken ||= HOST_KINDS.has(kind);
      return value.toLowerCase();
    });
    return this.lead.hasScheme || hasHostToken || looksLikeHost(masked) ? clear : undefined;
  }

  /** Whether a delimiter that is written so is one: in a URL whose slashes are escaped, escaped ones are. */
  private counts(level: EscapeLevel): boolean {
    const own = this.lead.escapeLevel;
    if (level === 0 || level === own) return true;
    return typeof level === 'number' && typeof own === 'number' && level < own;
  }
}
