/** How far from a replacement the text may matter to it, in UTF-16 units. */
const NEAR = 256;
/** How far it may matter where no white space ends it: keys and certificates are long words. */
const LONGEST_WORD = 32_768;
const SPACE = 0x20;
const LINE_FEED = 0x0a;

/** A text with some of its parts written differently, and the way back to the text that came. */
export interface TextView {
  readonly text: string;
  /** Where the character at an offset of {@link text} begins in the text that came; also for the offset at its end. */
  readonly originOf: (offset: number) => number;
  /**
   * Whether a stretch stands near a replacement. What does not reads the same in the text that came, unless the view
   * cuts a word in two.
   */
  readonly isNear: (start: number, end: number) => boolean;
}

/**
 * Writes parts of a text differently, in ascending order. Of long stretches between them only what stands near one is
 * part of the view, as the rest reads the same in the text that came; a line break takes the place of what is left out.
 */
export class TextViewBuilder {
  private readonly parts: string[] = [];
  /** Ends of what stands for something else: replacements and stretches that were left out. */
  private readonly inView: number[] = [];
  private readonly inText: number[] = [];
  /** Ends of the replacements alone, in the view. */
  private readonly replaced: number[] = [];
  private length = 0;
  /** How far the text has been taken. */
  private at = 0;

  constructor(private readonly text: string) {}

  /** Writes a stretch differently; it begins where the one before it ended, or behind that. */
  replace(start: number, end: number, replacement: string): void {
    this.skipTo(start);
    this.copyTo(start);
    this.put(end, replacement);
    this.replaced.push(this.length);
  }

  /** @returns undefined when nothing was replaced */
  finish(): TextView | undefined {
    const { text, inView, inText, replaced } = this;
    if (inView.length === 0) return undefined;
    this.copyTo(this.endOfNear(this.at, text.length));
    return {
      text: this.parts.join(''),
      originOf: (offset) => originOf(offset, inView, inText),
      isNear: (start, end) => (replaced[countUpTo(replaced, start - NEAR)] ?? Infinity) <= end + NEAR,
    };
  }

  /** Leaves out what is far from both replacements. */
  private skipTo(index: number): void {
    const from = this.inView.length === 0 ? 0 : this.endOfNear(this.at, index);
    const to = this.startOfNear(index, from);
    if (to <= from) return;
    this.copyTo(from);
    this.put(to, '\n');
  }

  private copyTo(end: number): void {
    if (end <= this.at) return;
    this.parts.push(this.text.slice(this.at, end));
    this.length += end - this.at;
    this.at = end;
  }

  private put(end: number, replacement: string): void {
    this.parts.push(replacement);
    this.length += replacement.length;
    this.at = end;
    this.inView.push(this.length);
    this.inText.push(end);
  }

  /** The first white space at some distance behind a replacement, or the end of a long word. */
  private endOfNear(from: number, limit: number): number {
    const last = Math.min(limit, from + 2 * NEAR);
    for (let end = from + NEAR; end < last; end += 1) if (isWhiteSpace(this.text.charCodeAt(end))) return end;
    return Math.min(limit, from + LONGEST_WORD);
  }

  /** Behind the last white space at some distance before a replacement, or where a long word begins. */
  private startOfNear(to: number, limit: number): number {
    const first = Math.max(limit, to - 2 * NEAR);
    for (let start = to - NEAR; start > first; start -= 1) {
      if (isWhiteSpace(this.text.charCodeAt(start - 1))) return start;
    }
    return Math.max(limit, to - LONGEST_WORD);
  }
}

function isWhiteSpace(unit: number): boolean {
  return unit === SPACE || unit === LINE_FEED;
}

/** Counts on from the last replacement that ends at or before the offset; nobody asks for places inside of one. */
function originOf(offset: number, inView: readonly number[], inText: readonly number[]): number {
  const count = countUpTo(inView, offset);
  return count === 0 ? offset : (inText[count - 1] as number) + offset - (inView[count - 1] as number);
}

/** How many of ascending offsets lie at or before another one. */
function countUpTo(offsets: readonly number[], limit: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
