import type { Environment } from '../environment/environment';
import { readRecordStoreSettings, type RecordStoreSettings } from './record-store-settings';

/** The queue that carries batches of log records from the gateway to log-ingest. */
export interface LogQueueSettings {
  /** BullMQ key prefix; braces keep all keys of the queue in one slot of a Redis cluster. */
  readonly prefix: string;
  readonly name: string;
  /** What to do with a Redis that may delete keys: tell of it, or also give it nothing new. */
  readonly onEvictingRedis: 'alarm' | 'refuse';
}

/** How records leave the outbox. A batch goes as soon as one of the first three limits is reached. */
export interface LogBatchSettings {
  readonly maxRecords: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  /** A larger record goes to its place directly; the queue gets a reference. */
  readonly maxInlineBytes: number;
  /** Batches in the queue above which records wait in the outbox. */
  readonly maxQueuedBatches: number;
}

/** How much the outbox takes, and what follows. */
export interface OutboxSettings {
  /** Space on disk. */
  readonly maxBytes: number;
  readonly maxRecords: number;
  /** What becomes of a call whose record does not fit: it fails, or it goes on and its record is given up. */
  readonly onFull: 'block' | 'shed';
  /** How long it is remembered which records were accepted, for reconciling, in days; 0: not at all. */
  readonly ledgerDays: number;
  /** Most records that are remembered so; the oldest are forgotten first. */
  readonly ledgerMaxRecords: number;
}

export type ContentPolicy = 'full' | 'none';

/** What of the prompts and replies is written down. */
export interface LogContentSettings {
  readonly default: ContentPolicy;
  /** By SHA-256 of the key in hexadecimal, as records name it. */
  readonly byKey: ReadonlyMap<string, ContentPolicy>;
  /** Base64 that is longer becomes a note of its size. */
  readonly maxBase64Length: number;
}

/** The sending end of the log pipeline. */
export interface RecordLogSettings {
  readonly queue: LogQueueSettings;
  readonly batch: LogBatchSettings;
  readonly outbox: OutboxSettings;
  /** Where records stay, for those that are too large for the queue. */
  readonly recordStore: RecordStoreSettings;
  /**
   * Time at the stop that the last calls get to commit their records, and once more that records get to reach the queue,
   * in milliseconds.
   */
  readonly flushMs: number;
}

export function readLogQueueSettings(env: Environment): LogQueueSettings {
  return {
    prefix: env.text('LOG_QUEUE_PREFIX', '{sallyport}'),
    name: env.text('LOG_QUEUE_NAME', 'logs'),
    onEvictingRedis: env.choice('LOG_ON_EVICTING_REDIS', ['alarm', 'refuse']),
  };
}

export function readRecordLogSettings(env: Environment): RecordLogSettings {
  return {
    queue: readLogQueueSettings(env),
    batch: readLogBatchSettings(env),
    outbox: readOutboxSettings(env),
    recordStore: readRecordStoreSettings(env),
    flushMs: env.secondsAsMs('LOG_FLUSH_SECONDS', { fallback: 5, min: 0, max: 600 }),
  };
}

/** @param turnedOff LiteLLM's `turn_off_message_logging`, which `LOG_CONTENT` overrules */
export function readLogContentSettings(env: Environment, turnedOff: boolean): LogContentSettings {
  return {
    default: env.choice('LOG_CONTENT', turnedOff ? ['none', 'full'] : ['full', 'none']),
    byKey: readContentByKey(env),
    maxBase64Length: env.integer('MAX_BASE64_LENGTH_FOR_LOGGING', { fallback: 64, min: 0, max: 1_073_741_824 }),
  };
}

function readLogBatchSettings(env: Environment): LogBatchSettings {
  return {
    maxRecords: env.integer('LOG_BATCH_MAX_RECORDS', { fallback: 100, min: 1, max: 10_000 }),
    maxBytes: env.integer('LOG_BATCH_MAX_BYTES', { fallback: 1_048_576, min: 1024, max: 104_857_600 }),
    maxAgeMs: env.integer('LOG_BATCH_MAX_AGE_MS', { fallback: 200, min: 0, max: 60_000 }),
    maxInlineBytes: env.integer('LOG_MAX_INLINE_BYTES', { fallback: 1_048_576, min: 1024, max: 104_857_600 }),
    maxQueuedBatches: env.integer('LOG_MAX_QUEUED_BATCHES', { fallback: 500, min: 1, max: 1_000_000 }),
  };
}

function readOutboxSettings(env: Environment): OutboxSettings {
  const [MIB, TIB] = [1_048_576, 1_099_511_627_776];
  return {
    maxBytes: env.integer('LOG_OUTBOX_MAX_BYTES', { fallback: 4096 * MIB, min: MIB, max: TIB }),
    maxRecords: env.integer('LOG_OUTBOX_MAX_RECORDS', { fallback: 1_000_000, min: 1, max: 1_000_000_000 }),
    onFull: env.choice('LOG_ON_FULL', ['block', 'shed']),
    ledgerDays: env.integer('LOG_LEDGER_DAYS', { fallback: 7, min: 0, max: 3650 }),
    ledgerMaxRecords: env.integer('LOG_LEDGER_MAX_RECORDS', { fallback: 5_000_000, min: 1, max: 1_000_000_000 }),
  };
}

/** `LOG_CONTENT_BY_KEY`: `sha256=none;sha256=full`. */
function readContentByKey(env: Environment): Map<string, ContentPolicy> {
  const policies = new Map<string, ContentPolicy>();
  for (const [index, item] of env.list('LOG_CONTENT_BY_KEY', ';').entries()) {
    const [, keyHash, policy] = /^([0-9a-f]{64})\s*=\s*(full|none)$/i.exec(item) ?? [];
    // The item is not quoted: it may be a key where its digest was asked for.
    if (keyHash === undefined || policy === undefined) {
      env.problems.add('LOG_CONTENT_BY_KEY', `item ${index + 1} must have the form sha256-of-the-key=full or =none`);
    } else policies.set(keyHash.toLowerCase(), policy.toLowerCase() as ContentPolicy);
  }
  return policies;
}
