import type { RedisSettings } from '@sallyport/config';
import { InProcessMaskingState } from './in-process-masking-state';
import type { MaskingStateStore } from './masking-state-store';
import { RedisMaskingState } from './redis-masking-state';

/** Where masking state is kept, and how much of it. */
interface MaskingStateOptions {
  /** Where replicas share the state; without it each process keeps its own. */
  readonly redis: RedisSettings | undefined;
  /** Most bytes that a process keeps, names included, when there is no Redis. */
  readonly maxBytes: number;
  /** Longest wait for Redis, in milliseconds. */
  readonly timeoutMs: number;
}

/** Returns at once: Redis is connected to in the background, again and again. */
export function createMaskingState({ redis, maxBytes, timeoutMs }: MaskingStateOptions): MaskingStateStore {
  return redis === undefined ? new InProcessMaskingState(maxBytes) : new RedisMaskingState(redis, timeoutMs);
}
