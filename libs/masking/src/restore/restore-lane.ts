import { TOKEN_LENGTH, TOKEN_PREFIX } from '../tokens/token-format';
import type { TokenGrants } from '../grants/token-grants';
import type { ValueEscaping } from './value-escaping';

/**
 * Restores the tokens in one text that arrives in parts. Between parts it holds back the end of the text, and only as
 * much of it as may be the beginning of a granted token: at most 19 characters, mostly none. However the text is cut,
 * the parts add up to the same result. Restored values are never searched again.
 */
export class RestoreLane {
  private tail = '';

  constructor(
    private readonly grants: TokenGrants,
    private readonly escaping: ValueEscaping,
  ) {}

  /** Whether some text is held back. */
  get holds(): boolean {
    return this.tail !== '';
  }

  /** Takes the next part and returns what may be passed on. */
  push(part: string): string {
    const text = this.tail + part;
    const open = text.length - this.grants.openEnd(text);
    let result = '';
    let at = 0;
    for (let next = text.indexOf(TOKEN_PREFIX); next !== -1 && next < open; next = text.indexOf(TOKEN_PREFIX, next)) {
      const token = text.slice(next, next + TOKEN_LENGTH);
      const value = this.grants.get(token)?.value;
      if (value === undefined) next += 1;
      else {
        result += this.pass(text.slice(at, next)) + this.escaping.escape(value);
        next += TOKEN_LENGTH;
        at = next;
      }
    }
    const end = Math.max(at, open);
    this.tail = text.slice(end);
    return result + this.pass(text.slice(at, end));
  }

  /** Ends the text: what was held back is no token and is returned as it came. */
  flush(): string {
    const { tail } = this;
    this.tail = '';
    return this.pass(tail);
  }

  private pass(text: string): string {
    this.escaping.follow(text);
    return text;
  }
}

/** Restores a text that is there as a whole. */
export function restoreWhole(text: string, grants: TokenGrants, escaping: ValueEscaping): string {
  const lane = new RestoreLane(grants, escaping);
  return lane.push(text) + lane.flush();
}
