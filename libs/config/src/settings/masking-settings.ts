import type { Environment } from '../environment/environment';
import type { ConfigFile } from '../litellm/config-file.schema';
import { Secret } from '../secret';
import { readCredential, readDataDir, readListenSettings, type ListenSettings } from './listen-settings';
import { readLogLevel } from './log-level';

export interface MaskingSettings {
  readonly listen: ListenSettings;
  /** The key that clients present. */
  readonly masterKey: Secret;
  /** Where masked calls go: a gateway or a provider, without a trailing slash. */
  readonly upstreamUrl: string;
  /** Sent upstream in place of the client's own key, when set. */
  readonly upstreamKey: Secret | undefined;
  /** Secret that tokens are derived from; undefined: one is generated and kept under `dataDir`. */
  readonly maskingKey: Secret | undefined;
  readonly dataDir: string;
  readonly maxBodyBytes: number;
  /** Largest reply that is not a stream, and largest event of one, in bytes. */
  readonly maxReplyBytes: number;
  /** Longest wait for the first byte of a reply, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Longest silence inside a reply, in milliseconds. */
  readonly streamIdleMs: number;
  readonly logLevel: string;
}

/**
 * @param file a LiteLLM file, whose `general_settings.master_key` wins over the variable
 * @returns the settings; wrong values are listed in `env.problems`
 */
export function readMaskingSettings(env: Environment, file?: ConfigFile): MaskingSettings {
  const fileKey = file?.general_settings?.master_key;
  return {
    listen: readListenSettings(env, 'MASKING_PORT', 8000),
    masterKey: fileKey ? new Secret(fileKey) : readCredential(env, 'LITELLM_MASTER_KEY', 'dev-key'),
    upstreamUrl: env.url('MASKING_UPSTREAM_URL', 'http://127.0.0.1:4000'),
    upstreamKey: env.secret('MASKING_UPSTREAM_API_KEY'),
    maskingKey: env.secret('MASKING_KEY'),
    dataDir: readDataDir(env),
    maxBodyBytes: env.integer('MASKING_MAX_BODY_BYTES', { fallback: 33_554_432, min: 1024, max: 1_073_741_824 }),
    maxReplyBytes: env.integer('MASKING_MAX_REPLY_BYTES', { fallback: 67_108_864, min: 1024, max: 1_073_741_824 }),
    requestTimeoutMs: env.secondsAsMs('MASKING_REQUEST_TIMEOUT_SECONDS', { fallback: 600, min: 0.1, max: 86_400 }),
    streamIdleMs: env.secondsAsMs('MASKING_STREAM_IDLE_SECONDS', { fallback: 300, min: 0.1, max: 86_400 }),
    logLevel: readLogLevel(env),
  };
}
