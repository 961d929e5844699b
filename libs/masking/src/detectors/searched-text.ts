/** A text as detectors see it. Token-like strings in it are blanked out with NUL, so nothing is found inside them. */
export class SearchedText {
  /**
   * @param text decoded text
   * @param hits for each keyword that occurs, in lower case, the offsets at which it begins, ascending
   */
  constructor(
    readonly text: string,
    private readonly hits: ReadonlyMap<string, readonly number[]>,
  ) {}

  /** Offsets at which a declared keyword begins, in whatever case, ascending. */
  at(keyword: string): readonly number[] {
    return this.hits.get(keyword) ?? [];
  }

  /** Whether a declared keyword occurs, in whatever case. */
  has(keyword: string): boolean {
    return this.hits.has(keyword);
  }

  /** The declared keywords that occur. */
  get keywords(): Iterable<string> {
    return this.hits.keys();
  }
}
