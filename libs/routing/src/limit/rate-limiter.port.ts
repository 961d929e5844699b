export interface RateLimitRule {
  /** Calls allowed in any window. */
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateLimitDecision {
  readonly allowed: boolean;
  /** Calls that are still possible now. */
  readonly remaining: number;
  /** Milliseconds until the oldest call of the window no longer counts. */
  readonly resetMs: number;
}

/** Counts calls in a sliding window: at no moment do more than `limit` calls lie in the last `windowMs`. */
export interface RateLimiterPort {
  /** Counts one call of `key` when it is allowed; a refused call is not counted. */
  take(key: string, rule: RateLimitRule): Promise<RateLimitDecision>;
}
