import type { Grant } from '../grants/grant';
import type { RestoredPlace } from '../ledger/ledger-entry';
import type { RestoreOutcome } from './restore-counts';
import type { ReplyRecord } from './reply-record';

/** What happened in one text of a reply. It counts once it is committed to the record of the reply. */
export class LaneRecord {
  private parts: string[] = [];
  private length = 0;
  private places: RestoredPlace[] = [];
  private outcomes: { grant: Grant; outcome: RestoreOutcome }[] = [];
  private unknown = 0;
  /** Whether the text was too long to be remembered. */
  private isCut = false;

  /** @param isJson whether the text is JSON, whose strings come back one by one */
  constructor(
    private readonly reply: ReplyRecord,
    private readonly isJson: boolean,
  ) {}

  /** The client got more of the text. */
  add(part: string): void {
    if (this.isCut || part === '') return;
    if (this.reply.reserve(part.length)) {
      this.parts.push(part);
      this.length += part.length;
    } else this.dropText();
  }

  /** The client got a value in place of what the model wrote. */
  addValue(grant: Grant, written: string, escaped: string, level: number): void {
    const start = this.length;
    this.add(escaped);
    const place = { kind: grant.kind, start, end: this.length, written };
    if (!this.isCut) this.places.push(level === 0 ? place : { ...place, level });
  }

  /** Notes what became of a granted token. */
  count(grant: Grant, outcome: RestoreOutcome): void {
    this.outcomes.push({ grant, outcome });
  }

  /** Notes token-like strings that were not granted. */
  countUnknown(count: number): void {
    this.unknown += count;
  }

  /** The text is over: it counts, and is remembered if need be. */
  commit(): void {
    const { counts } = this.reply;
    for (const { grant, outcome } of this.outcomes) counts.add(grant.kind, outcome);
    counts.addUnknown(this.unknown);
    const [text, places] = [this.isCut ? '' : this.parts.join(''), this.places];
    this.dropText();
    this.reply.remember(text, places, this.isJson);
  }

  /** Makes room: the text is told by another record, or too long. */
  dropText(): void {
    this.reply.release(this.length);
    this.parts = [];
    this.places = [];
    this.length = 0;
    this.isCut = true;
  }
}
