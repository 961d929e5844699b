import { InProcessCircuitBreaker } from './in-process-circuit-breaker';
import { InProcessRateLimiter } from './in-process-rate-limiter';

describe(InProcessRateLimiter.name, () => {
  const rule = { limit: 3, windowMs: 1_000 };

  it('never lets more than the limit into any window, and frees a place as a call ages out', async () => {
    let now = 0;
    const limiter = new InProcessRateLimiter(() => now);
    const accepted: number[] = [];
    for (; now < 5_000; now += 50) if ((await limiter.take('k', rule)).allowed) accepted.push(now);
    for (const time of accepted) {
      expect(accepted.filter((other) => other >= time && other < time + rule.windowMs).length).toBeLessThanOrEqual(3);
    }
    expect(accepted.slice(0, 6)).toEqual([0, 50, 100, 1_000, 1_050, 1_100]);
  });

  it('tells what remains and when the window moves on', async () => {
    let now = 0;
    const limiter = new InProcessRateLimiter(() => now);
    expect(await limiter.take('k', rule)).toEqual({ allowed: true, remaining: 2, resetMs: 1_000 });
    now = 400;
    await limiter.take('k', rule);
    await limiter.take('k', rule);
    expect(await limiter.take('k', rule)).toEqual({ allowed: false, remaining: 0, resetMs: 600 });
  });

  it('counts each key by itself', async () => {
    const limiter = new InProcessRateLimiter(() => 0);
    for (let call = 0; call < 3; call += 1) await limiter.take('a', rule);
    expect((await limiter.take('a', rule)).allowed).toBe(false);
    expect((await limiter.take('b', rule)).allowed).toBe(true);
  });
});

describe(InProcessCircuitBreaker.name, () => {
  it('keeps one state for each upstream and shows all of them', async () => {
    let now = 0;
    const breaker = new InProcessCircuitBreaker({ maxFailures: 1, resetMs: 100 }, () => now);
    const call = async (upstream: string, outcome: 'success' | 'failure'): Promise<void> => {
      const admission = await breaker.acquire(upstream);
      if (!admission.admitted) throw new Error('the call must be admitted');
      await breaker.report(upstream, admission.ticket, outcome);
    };
    await call('a', 'failure');
    await call('b', 'success');
    now = 40;
    expect(await breaker.acquire('a')).toEqual({ admitted: false, retryAfterMs: 60 });
    expect(await breaker.acquire('b')).toEqual({ admitted: true, ticket: 0 });
    expect(await breaker.snapshot()).toEqual([
      { upstream: 'a', phase: 'OPEN', failures: 1, retryAfterMs: 60 },
      { upstream: 'b', phase: 'CLOSED', failures: 0, retryAfterMs: 0 },
    ]);
  });
});
