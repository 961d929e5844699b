export { InProcessCircuitBreaker } from './in-process/in-process-circuit-breaker';
export { InProcessRateLimiter } from './in-process/in-process-rate-limiter';
