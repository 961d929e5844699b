import type { RequestObserver } from '@sallyport/platform';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/**
 * The gateway's own numbers. Label values come from routes, statuses and the configuration, never from a request, so
 * that their count stays bounded.
 */
export class GatewayMetrics implements RequestObserver {
  private readonly requests: Counter;
  private readonly latency: Histogram;
  private readonly inFlight: Gauge;
  private readonly upstreamRequests: Counter;
  private readonly upstreamLatency: Histogram;
  private readonly brokenStreams: Counter;
  private readonly lostRecords: Counter;
  private readonly limited: Counter;
  private readonly opened: Counter;
  private readonly fallbacks: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.requests = new Counter({
      name: 'gateway_requests_total',
      help: 'Requests by method, route and status',
      labelNames: ['method', 'path', 'status'],
      registers,
    });
    this.latency = new Histogram({
      name: 'gateway_request_latency_seconds',
      help: 'Time from the arrival of a request to the end of its response',
      labelNames: ['method', 'path'],
      buckets: LATENCY_BUCKETS,
      registers,
    });
    this.inFlight = new Gauge({ name: 'gateway_in_flight_requests', help: 'Requests under way', registers });
    this.upstreamRequests = new Counter({
      name: 'gateway_upstream_requests_total',
      help: 'Calls to upstreams by status; the status is an error code when there was no reply',
      labelNames: ['upstream', 'status'],
      registers,
    });
    this.upstreamLatency = new Histogram({
      name: 'gateway_upstream_latency_seconds',
      help: 'Time to an upstream’s whole reply, or to the first byte of its stream',
      labelNames: ['upstream'],
      buckets: LATENCY_BUCKETS,
      registers,
    });
    this.brokenStreams = new Counter({
      name: 'gateway_streams_broken_total',
      help: 'Streams that had begun and broke off, or told of an error',
      labelNames: ['upstream'],
      registers,
    });
    this.lostRecords = new Counter({
      name: 'gateway_log_records_refused_total',
      help: 'Records that could not be written; their calls failed',
      registers,
    });
    this.limited = new Counter({ name: 'gateway_rate_limited_total', help: 'Requests refused by a limit', registers });
    this.opened = new Counter({
      name: 'gateway_circuit_open_total',
      help: 'Calls not made because the upstream’s circuit breaker was open',
      labelNames: ['upstream'],
      registers,
    });
    this.fallbacks = new Counter({
      name: 'gateway_fallback_used_total',
      help: 'Requests answered by a fallback',
      labelNames: ['from_model', 'to_model'],
      registers,
    });
  }

  started(): void {
    this.inFlight.inc();
  }

  ended(method: string, route: string, status: number, durationMs: number): void {
    this.inFlight.dec();
    this.requests.inc({ method, path: route, status });
    this.latency.observe({ method, path: route }, durationMs / 1000);
  }

  upstreamCalled(upstream: string, status: string, durationMs: number): void {
    this.upstreamRequests.inc({ upstream, status });
    this.upstreamLatency.observe({ upstream }, durationMs / 1000);
  }

  streamBroken(upstream: string): void {
    this.brokenStreams.inc({ upstream });
  }

  recordRefused(): void {
    this.lostRecords.inc();
  }

  rateLimited(): void {
    this.limited.inc();
  }

  circuitOpen(upstream: string): void {
    this.opened.inc({ upstream });
  }

  /** @param fromGroup group that was meant to answer, a name from the configuration */
  fallbackUsed(fromGroup: string, toGroup: string): void {
    this.fallbacks.inc({ from_model: fromGroup, to_model: toGroup });
  }
}
