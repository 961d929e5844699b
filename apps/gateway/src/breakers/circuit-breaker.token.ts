/** Provider token of the app's `CircuitBreakerPort`. */
export const CIRCUIT_BREAKER = Symbol('CIRCUIT_BREAKER');
