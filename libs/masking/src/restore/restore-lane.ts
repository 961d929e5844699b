import type { Grant } from '../grants/grant';
import type { TokenGrants } from '../grants/token-grants';
import { escaped, JsonNesting } from '../json/json-nesting';
import { isCredential } from '../kinds/kinds';
import { TOKEN_LENGTH, TOKEN_LIKE, TOKEN_PREFIX } from '../tokens/token-format';
import { UrlGuard, type UrlQuestion } from '../urls/url-guard';
import type { LaneRecord } from './lane-record';
import type { RestoreOutcome } from './restore-counts';

/** What a lane must know of its text, and of the request that the text answers. */
export interface LaneOptions {
  readonly grants: TokenGrants;
  /** Whether any value may be sent to a host. */
  readonly trusts: (host: string) => boolean;
  /** Whether the text is JSON, so that values are escaped as their place demands. */
  readonly isJson: boolean;
  /** Whether the text goes to a tool that talks to other hosts. */
  readonly isFetch: boolean;
  /** What is told of the text; nothing when another text says the same. */
  readonly record?: LaneRecord | undefined;
}

/** A granted token whose fate may not be known yet. */
interface HeldToken extends UrlQuestion {
  readonly written: string;
  /** How many strings of JSON enclose it. */
  readonly level: number;
}

/** If more would have to be held back, nothing is restored any more. */
const MOST_HELD = 1024 * 1024;
const UNGRANTED = new RegExp(TOKEN_LIKE, 'g');

/**
 * Restores the tokens in one text that arrives in parts, in whatever case the model wrote them. Between parts it holds
 * back the end of the text, and only as much of it as may be the beginning of a granted token: at most 19 characters,
 * mostly none. Two things may be held back for longer: a token before or in the host of a URL, until the host is
 * known, and what follows a token in the arguments of a tool that talks to other hosts, until all of them are known.
 * However the text is cut, the parts add up to the same result. Restored values are never searched again.
 */
export class RestoreLane {
  private readonly candidate = new RegExp(TOKEN_LIKE, 'gi');
  private readonly guard: UrlGuard;
  private readonly nesting: JsonNesting | undefined;
  private tail = '';
  private queue: (string | HeldToken)[] = [];
  /** How much text followed a token whose fate depends on the rest of the arguments; undefined without one. */
  private waiting: number | undefined;
  private isOver = false;
  /** The last characters that passed, behind the last token. */
  private recent = '';

  constructor(private readonly options: LaneOptions) {
    const { trusts, isJson } = options;
    this.guard = new UrlGuard(trusts, isJson);
    if (isJson) {
      this.nesting = new JsonNesting(undefined, {
        leafText: (leaf) => this.guard.text(leaf),
        leafBoundary: () => this.guard.boundary(),
      });
    }
  }

  /** Takes the next part and returns what may be passed on. */
  push(part: string): string {
    const { grants } = this.options;
    const text = this.tail + part;
    let at = 0;
    this.candidate.lastIndex = 0;
    for (let match = this.candidate.exec(text); match !== null; match = this.candidate.exec(text)) {
      const [written] = match;
      const grant = grants.get(written.toUpperCase());
      if (grant === undefined) this.candidate.lastIndex = match.index + 1;
      else {
        this.pass(text.slice(at, match.index));
        this.hold(written, grant);
        at = match.index + TOKEN_LENGTH;
      }
    }
    const end = Math.max(at, text.length - grants.openEnd(text));
    this.tail = text.slice(end);
    this.pass(text.slice(at, end));
    return this.release(false);
  }

  /** Gives out what was held back, as far as it is known now what becomes of it. The text may go on. */
  flush(): string {
    this.pass(this.tail);
    this.tail = '';
    this.guard.end();
    return this.release(true);
  }

  /** Gives out what was held back; the text is over, and told to the record. */
  finish(): string {
    const rest = this.flush();
    this.options.record?.commit();
    return rest;
  }

  /** Says that another lane tells the same text. */
  forget(): void {
    this.options.record?.dropText();
  }

  private pass(text: string): void {
    if (text === '') return;
    this.countUnknown(text);
    if (this.options.grants.size > 0) {
      if (this.nesting === undefined) this.guard.text(text);
      else this.nesting.feed(text);
    }
    this.queue.push(text);
    if (this.waiting === undefined) return;
    this.waiting += text.length;
    this.isOver ||= this.waiting > MOST_HELD;
  }

  private hold(written: string, grant: Grant): void {
    const token: HeldToken = { written, grant, level: this.nesting?.depth ?? 0, allowed: undefined };
    this.guard.token(token);
    this.nesting?.skip(written);
    this.queue.push(token);
    this.recent = '';
    if (this.options.isFetch) this.waiting ??= 0;
  }

  private countUnknown(text: string): void {
    const seen = this.recent + text;
    let counted = 0;
    if (seen.includes(TOKEN_PREFIX)) {
      for (const { index } of seen.matchAll(UNGRANTED)) {
        counted = index + TOKEN_LENGTH;
        this.options.record?.countUnknown(1);
      }
    }
    this.recent = seen.slice(Math.max(counted, seen.length - TOKEN_LENGTH + 1));
  }

  /** Takes from the queue what is decided, up to the first token that is not. */
  private release(isEnd: boolean): string {
    if (this.queue.length === 0) return '';
    let result = '';
    let done = 0;
    for (const item of this.queue) {
      const given = typeof item === 'string' ? this.give(item) : this.decide(item, isEnd);
      if (given === undefined) break;
      result += given;
      done += 1;
    }
    this.queue = this.queue.slice(done);
    if (isEnd) this.waiting = undefined;
    return result;
  }

  private give(text: string): string {
    this.options.record?.add(text);
    return text;
  }

  /** @returns what the client gets for a token; undefined as long as that is not known */
  private decide(token: HeldToken, isEnd: boolean): string | undefined {
    const { written, grant, level } = token;
    const outcome = this.outcomeOf(token, isEnd);
    if (outcome === undefined) return undefined;
    const { record } = this.options;
    record?.count(grant, outcome);
    if (outcome !== 'restored') return this.give(written);
    const value = escaped(grant.value, level);
    record?.addValue(grant, written, value, level);
    return value;
  }

  private outcomeOf({ grant, allowed }: HeldToken, isEnd: boolean): RestoreOutcome | undefined {
    const { isFetch } = this.options;
    if (isFetch && (this.isOver || isCredential(grant.kind))) return 'withheld-tool';
    if (allowed !== true) return allowed === false ? 'withheld-url' : undefined;
    if (!isFetch) return 'restored';
    if (!isEnd) return undefined;
    return this.guard.untrusted.allow(grant) ? 'restored' : 'withheld-tool';
  }
}

/** Restores a text that is there as a whole. */
export function restoreWhole(text: string, options: LaneOptions): string {
  const lane = new RestoreLane(options);
  return lane.push(text) + lane.finish();
}
