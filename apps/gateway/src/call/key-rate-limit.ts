import { Inject, Injectable } from '@nestjs/common';
import type { GatewaySettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { RateLimiterPort } from '@sallyport/routing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayMetrics } from '../metrics/gateway-metrics';
import { GATEWAY_SETTINGS } from '../settings';

/** Provider token of the app's `RateLimiterPort`. */
export const RATE_LIMITER = Symbol('RATE_LIMITER');

const WINDOW_MS = 60_000;

/** Holds every key to its calls per minute and tells the client where it stands. */
@Injectable()
export class KeyRateLimit {
  constructor(
    @Inject(GATEWAY_SETTINGS) private readonly settings: GatewaySettings,
    @Inject(RATE_LIMITER) private readonly limiter: RateLimiterPort,
    @Inject(GatewayMetrics) private readonly metrics: GatewayMetrics,
  ) {}

  /**
   * Counts the call and sets `x-ratelimit-*` on the response, under the short names and under OpenAI's. The reset is
   * the number of seconds until the oldest counted call is forgotten.
   *
   * @throws SallyportError `rate_limited`
   */
  async take(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const limit = this.settings.rateLimitPerMinute;
    const key = request.apiKey?.fingerprint() ?? request.ip;
    const { allowed, remaining, resetMs } = await this.limiter.take(key, { limit, windowMs: WINDOW_MS });
    const resetSeconds = Math.ceil(resetMs / 1000);
    for (const suffix of ['', '-requests']) {
      reply.header(`x-ratelimit-limit${suffix}`, String(limit));
      reply.header(`x-ratelimit-remaining${suffix}`, String(remaining));
      reply.header(`x-ratelimit-reset${suffix}`, suffix === '' ? String(resetSeconds) : `${resetSeconds}s`);
    }
    if (allowed) return;
    this.metrics.rateLimited();
    throw new SallyportError('rate_limited', `This key may make ${limit} calls in 60 seconds`, {
      retryable: true,
      retryAfterSeconds: Math.max(1, resetSeconds),
    });
  }
}
