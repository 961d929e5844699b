import type { RedisSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { MaskingStateEntry } from '@sallyport/masking';
import { Redis } from 'ioredis';
import { PRODUCER_CONNECTION } from '../queue/redis/redis-connections';
import type { MaskingStateStore } from './masking-state-store';

/** Sets these entries apart from the queue's, which may be in the same Redis. */
const PREFIX = 'sallyport:masking:';

/** Masking state that all replicas share. While Redis is away or hangs, every call fails within the time-out. */
export class RedisMaskingState implements MaskingStateStore {
  private readonly client: Redis;

  /** @param timeoutMs longest wait for an answer */
  constructor({ url }: RedisSettings, timeoutMs: number) {
    this.client = new Redis(url.reveal(), { ...PRODUCER_CONNECTION, commandTimeout: timeoutMs, keyPrefix: PREFIX });
    // Each call tells its own caller what went wrong.
    this.client.on('error', () => undefined);
  }

  /** @throws SallyportError `unavailable` */
  async get(names: readonly string[]): Promise<readonly (Uint8Array | undefined)[]> {
    if (names.length === 0) return [];
    const values = await this.ask(() => this.client.mgetBuffer([...names]));
    return values.map((value) => value ?? undefined);
  }

  /** @throws SallyportError `unavailable`; some of the entries may have been kept nevertheless */
  async put(entries: readonly MaskingStateEntry[], ttlSeconds: number): Promise<void> {
    if (entries.length === 0) return;
    const pipeline = this.client.pipeline();
    for (const { name, value } of entries) pipeline.set(name, Buffer.from(value), 'EX', ttlSeconds);
    const results = await this.ask(() => pipeline.exec());
    const failure = results?.find(([error]) => error !== null)?.[0];
    if (failure !== undefined) throw away(failure);
  }

  async check(): Promise<void> {
    await this.ask(() => this.client.ping());
  }

  close(): Promise<void> {
    this.client.disconnect();
    return Promise.resolve();
  }

  private async ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (cause) {
      throw away(cause);
    }
  }
}

function away(cause: unknown): SallyportError {
  return new SallyportError('unavailable', 'The store of masking state cannot be reached', { retryable: true, cause });
}
