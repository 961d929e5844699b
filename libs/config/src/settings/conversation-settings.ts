import type { Environment } from '../environment/environment';
import type { ConfigFile } from '../litellm/config-file.schema';

/** What the gateway adds to conversations, and how it translates them. */
export interface ConversationSettings {
  /** Output limit for an upstream that demands one, when the client gave none. */
  readonly defaultMaxTokens: number;
  /** Temperature for `/v1/messages` calls that name none; undefined: the upstream decides. */
  readonly defaultTemperature: number | undefined;
  /** Model for `/v1/messages` calls that name none. */
  readonly defaultModel: string | undefined;
  /** What Anthropic clients are told when a content filter ended the reply. */
  readonly filteredStopReason: 'refusal' | 'stop_sequence';
  /** Whether what an upstream cannot express is left out where it would be refused otherwise. */
  readonly dropParams: boolean;
  /** Whether chat streams are asked for their usage when the client did not ask. */
  readonly askStreamUsage: boolean;
  /** Longest silence of a stream before the client gets a sign of life, in milliseconds. */
  readonly pingMs: number;
  /** Longest wait that an upstream may ask a client for, in seconds: SDKs obey without a limit of their own. */
  readonly maxRetryAfterSeconds: number;
  /** Largest single event of an upstream's stream. */
  readonly maxStreamEventBytes: number;
}

/** `GATEWAY_DROP_PARAMS` wins over `litellm_settings.drop_params`. */
export function readConversationSettings(env: Environment, file: ConfigFile | undefined): ConversationSettings {
  return {
    defaultMaxTokens: env.integer('GATEWAY_DEFAULT_MAX_TOKENS', { fallback: 4096, min: 1, max: 10_000_000 }),
    defaultTemperature: env.number('GATEWAY_DEFAULT_TEMPERATURE', { fallback: undefined, min: 0, max: 2 }),
    defaultModel: env.text('GATEWAY_DEFAULT_MODEL'),
    filteredStopReason: env.choice('GATEWAY_FILTERED_STOP_REASON', ['refusal', 'stop_sequence']),
    dropParams: env.flag('GATEWAY_DROP_PARAMS', file?.litellm_settings?.drop_params ?? false),
    askStreamUsage: env.flag('GATEWAY_ASK_STREAM_USAGE', true),
    pingMs: env.secondsAsMs('GATEWAY_PING_SECONDS', { fallback: 10, min: 0.05, max: 3600 }),
    maxRetryAfterSeconds: env.integer('GATEWAY_MAX_RETRY_AFTER_SECONDS', { fallback: 3600, min: 0, max: 31_536_000 }),
    maxStreamEventBytes: env.integer('GATEWAY_MAX_STREAM_EVENT_BYTES', {
      fallback: 16_777_216,
      min: 1024,
      max: 1_073_741_824,
    }),
  };
}
