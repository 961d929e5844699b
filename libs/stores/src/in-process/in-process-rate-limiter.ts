import type { RateLimitDecision, RateLimiterPort, RateLimitRule } from '@sallyport/routing';

/** Windows are looked through for idle keys after this many calls. */
const SWEEP_EVERY = 10_000;

/**
 * An exact sliding window for one process: keeps the times of the calls that still count, at most `limit` for each
 * key, and forgets keys that fell idle.
 */
export class InProcessRateLimiter implements RateLimiterPort {
  private readonly calls = new Map<string, CallTimes>();
  private taken = 0;

  /** @param now a clock in milliseconds that never goes back */
  constructor(private readonly now: () => number = () => performance.now()) {}

  take(key: string, { limit, windowMs }: RateLimitRule): Promise<RateLimitDecision> {
    const now = this.now();
    this.sweep(now - windowMs);
    const times = this.calls.get(key) ?? new CallTimes();
    this.calls.set(key, times);
    times.dropUntil(now - windowMs);
    const allowed = times.size < limit;
    if (allowed) times.add(now);
    const resetMs = Math.max(0, (times.oldest ?? now) + windowMs - now);
    return Promise.resolve({ allowed, remaining: Math.max(0, limit - times.size), resetMs });
  }

  private sweep(horizon: number): void {
    this.taken += 1;
    if (this.taken % SWEEP_EVERY !== 0) return;
    for (const [key, times] of this.calls) {
      times.dropUntil(horizon);
      if (times.size === 0) this.calls.delete(key);
    }
  }
}

/** A queue of times whose head moves on; the array is cut once half of it is gone. */
class CallTimes {
  private times: number[] = [];
  private head = 0;

  get size(): number {
    return this.times.length - this.head;
  }

  get oldest(): number | undefined {
    return this.times[this.head];
  }

  add(time: number): void {
    this.times.push(time);
  }

  /** Forgets every time up to and including `horizon`. */
  dropUntil(horizon: number): void {
    while (this.head < this.times.length && (this.times[this.head] as number) <= horizon) this.head += 1;
    if (this.head * 2 > this.times.length) {
      this.times = this.times.slice(this.head);
      this.head = 0;
    }
  }
}
