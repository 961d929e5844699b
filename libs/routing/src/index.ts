export {
  admit,
  CLOSED,
  conclude,
  phaseOf,
  type BreakerPhase,
  type BreakerSettings,
  type BreakerState,
  type CallOutcome,
} from './breaker/breaker-state';
export type { Admission, BreakerSnapshot, CircuitBreakerPort } from './breaker/circuit-breaker.port';
export {
  outcomeOf,
  runCandidates,
  type AttemptResult,
  type FallbackOptions,
  type FallbackResult,
} from './fallback/run-candidates';
export type { RateLimitDecision, RateLimiterPort, RateLimitRule } from './limit/rate-limiter.port';
export { ModelRouter, type Candidate, type Deployment, type ModelRouterOptions } from './plan/model-router';
