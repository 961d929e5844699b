/** Token counts of one reply. */
export interface TokenUsage {
  /** Input tokens, those read from or written to a prompt cache included. */
  readonly promptTokens: number;
  /** Output tokens, those spent on reasoning included. */
  readonly completionTokens: number;
  readonly totalTokens: number;
  /** Part of `promptTokens` that was read from a prompt cache. */
  readonly cacheReadTokens: number;
  /** Part of `promptTokens` that was written to a prompt cache. */
  readonly cacheWriteTokens: number;
  /** Part of `completionTokens` that was spent on reasoning. */
  readonly reasoningTokens: number;
  /** The usage object as the upstream sent it. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** An error that a reply carried in its body or its stream, in the upstream's words. */
export interface ReplyError {
  readonly type: string;
  readonly message: string;
}

/** What a reply says about itself, read without changing it. */
export interface ReplySummary {
  /** The upstream's id of the reply; an empty string when it gave none. */
  readonly id: string;
  readonly usage: TokenUsage | undefined;
  readonly error: ReplyError | undefined;
  /**
   * The whole reply object of the dialect; for a stream put together from its events, with `truncated: true` when it
   * was too long to be kept; null when nothing arrived.
   */
  readonly response: unknown;
}
