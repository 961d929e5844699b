import type { MaskKind } from '../detectors/detector';
import { TOKEN_LENGTH, TOKEN_PREFIX } from './token-format';
import type { TokenMint } from './token-minter';

/**
 * The tokens that one request was given, and so the only ones that its reply is restored from. A token that a reply
 * makes up, or that belongs to another caller, is in no grant and stays as it is.
 */
export class TokenGrants {
  private readonly values = new Map<string, string>();
  private readonly tokens = new Map<string, string>();

  constructor(private readonly minter: TokenMint) {}

  get size(): number {
    return this.values.size;
  }

  /** The token of a value, granted from now on. Two values never share one. */
  tokenFor(kind: MaskKind, value: string): string {
    const known = this.tokens.get(`${kind}\0${value}`);
    if (known !== undefined) return known;
    let attempt = 0;
    let token = this.minter.mint(kind, value, attempt);
    while (this.values.has(token)) token = this.minter.mint(kind, value, (attempt += 1));
    this.tokens.set(`${kind}\0${value}`, token);
    this.values.set(token, value);
    return token;
  }

  /** The value of a granted token; undefined for any other text. */
  valueOf(token: string): string | undefined {
    return this.values.get(token);
  }

  /**
   * How much of the end of a text may be the beginning of a granted token.
   *
   * @returns a number of UTF-16 units, at most {@link TOKEN_LENGTH} - 1
   */
  openEnd(text: string): number {
    for (let at = Math.max(0, text.length - TOKEN_LENGTH + 1); at < text.length; at += 1) {
      if (text[at] === TOKEN_PREFIX[0] && this.beginsToken(text.slice(at))) return text.length - at;
    }
    return 0;
  }

  private beginsToken(text: string): boolean {
    if (!text.startsWith(TOKEN_PREFIX.slice(0, text.length))) return false;
    for (const token of this.values.keys()) if (token.startsWith(text)) return true;
    return false;
  }
}
