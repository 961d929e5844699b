export { InProcessCircuitBreaker } from './in-process/in-process-circuit-breaker';
export { InProcessRateLimiter } from './in-process/in-process-rate-limiter';
export { createMaskingState } from './masking-state/create-masking-state';
export type { MaskingStateStore } from './masking-state/masking-state-store';
export { isAlive, thisProcess, type ProcessIdentity } from './process/process-identity';
export { openEmbeddedQueue } from './queue/embedded/embedded-queue-backend';
export type {
  BookTotals,
  Job,
  JobCounts,
  JobProcessor,
  JobQueue,
  JobWorker,
  JobWorkerOptions,
  JobWorkerProgress,
  QueueBackend,
  QueueBooks,
  RecordTally,
  StoredJob,
} from './queue/queue-backend.port';
export { connectRedisQueue } from './queue/redis/redis-queue-backend';
