import type { Environment } from '../environment/environment';
import type { ConfigFile } from '../litellm/config-file.schema';
import type { Configuration } from '../litellm/load-configuration';
import { Secret } from '../secret';
import type { ClientAbortPolicy } from './client-abort-policy';
import { readConversationSettings, type ConversationSettings } from './conversation-settings';
import { readDeployments, type DeploymentSettings } from './deployment-settings';
import { isLoopback, readDataDir, readListenSettings, type ListenSettings } from './listen-settings';
import { readLogLevel } from './log-level';
import {
  readLogContentSettings,
  readRecordLogSettings,
  type LogContentSettings,
  type RecordLogSettings,
} from './log-settings';
import { readRedisSettings, type RedisSettings } from './redis-settings';
import { readUpstreams, type NamedUpstream } from './upstream-settings';

export interface GatewaySettings extends ConversationSettings {
  readonly listen: ListenSettings;
  readonly apiKeys: readonly Secret[];
  /** Those of them that open the calls for operators; none: nobody may. */
  readonly masterKeys: readonly Secret[];
  /** Calls per key in any 60 seconds. */
  readonly rateLimitPerMinute: number;
  readonly breaker: { readonly maxFailures: number; readonly resetMs: number };
  /** Longest wait for a whole reply, or for the first byte of a stream, in milliseconds; counts for each attempt. */
  readonly requestTimeoutMs: number;
  /** Longest silence inside a stream, in milliseconds. */
  readonly streamIdleMs: number;
  readonly maxBodyBytes: number;
  /** Largest reply that is read as a whole, in bytes. */
  readonly maxReplyBytes: number;
  readonly upstreams: readonly NamedUpstream[];
  readonly deployments: readonly DeploymentSettings[];
  readonly defaultUpstream: string | undefined;
  /** Model or group to the ones that are tried after it, in order. */
  readonly fallbacks: ReadonlyMap<string, readonly string[]>;
  /** What becomes of the upstream's reply when the client has left; deployments may say otherwise. */
  readonly onClientAbort: ClientAbortPolicy;
  readonly redis: RedisSettings | undefined;
  readonly log: RecordLogSettings;
  readonly logContent: LogContentSettings;
  readonly dataDir: string;
  readonly logLevel: string;
}

/** @returns the settings; wrong values are listed in `env.problems` */
export function readGatewaySettings({ env, file }: Configuration): GatewaySettings {
  const resetMs = env.secondsAsMs('GATEWAY_CIRCUIT_BREAKER_RESET_SECONDS', { fallback: 30, min: 0.05, max: 86_400 });
  const conversations = readConversationSettings(env, file);
  return {
    ...conversations,
    listen: readListenSettings(env, 'GATEWAY_PORT', 4000),
    ...readApiKeys(env, file),
    rateLimitPerMinute: env.integer('GATEWAY_RATE_LIMIT_PER_MINUTE', { fallback: 60, min: 1, max: 1_000_000 }),
    breaker: {
      maxFailures: env.integer('GATEWAY_CIRCUIT_BREAKER_MAX_FAILURES', { fallback: 5, min: 1, max: 1_000_000 }),
      resetMs,
    },
    requestTimeoutMs: readRequestTimeout(env, file),
    streamIdleMs: env.secondsAsMs('GATEWAY_STREAM_IDLE_SECONDS', { fallback: 300, min: 0.05, max: 86_400 }),
    maxBodyBytes: env.integer('GATEWAY_MAX_BODY_BYTES', { fallback: 50_331_648, min: 1024, max: 1_073_741_824 }),
    maxReplyBytes: env.integer('GATEWAY_MAX_REPLY_BYTES', { fallback: 67_108_864, min: 1024, max: 1_073_741_824 }),
    upstreams: readUpstreams(env),
    deployments: readDeployments(env, file, conversations),
    defaultUpstream: env.text('GATEWAY_DEFAULT_UPSTREAM'),
    fallbacks: readFallbacks(env, file),
    onClientAbort: env.choice('GATEWAY_ON_CLIENT_ABORT', ['abort', 'drain']),
    redis: readRedisSettings(env),
    log: readRecordLogSettings(env),
    logContent: readLogContentSettings(env, file?.litellm_settings?.turn_off_message_logging ?? false),
    dataDir: readDataDir(env),
    logLevel: readLogLevel(env),
  };
}

/** `GATEWAY_API_KEYS` (comma list), `LITELLM_MASTER_KEY` and `general_settings.master_key` are all valid keys. */
function readApiKeys(env: Environment, file: ConfigFile | undefined): Pick<GatewaySettings, 'apiKeys' | 'masterKeys'> {
  const masterKeys = [env.text('LITELLM_MASTER_KEY'), file?.general_settings?.master_key].filter(isSet);
  const callerKeys = env.list('GATEWAY_API_KEYS', ',');
  if (callerKeys.length + masterKeys.length === 0) {
    const host = env.text('HOST', '127.0.0.1');
    if (!isLoopback(host)) env.problems.add('GATEWAY_API_KEYS', `must be set when HOST (${host}) is not loopback`);
    masterKeys.push('dev-key');
  }
  return { apiKeys: secrets([...callerKeys, ...masterKeys]), masterKeys: secrets(masterKeys) };
}

function isSet(text: string | null | undefined): text is string {
  return Boolean(text);
}

function secrets(keys: readonly string[]): Secret[] {
  return [...new Set(keys)].map((key) => new Secret(key));
}

/** The seed's default of 10 s holds for `GATEWAY_UPSTREAMS`; with a LiteLLM file, LiteLLM's own 600 s. */
function readRequestTimeout(env: Environment, file: ConfigFile | undefined): number {
  const fromFile = file?.router_settings?.timeout ?? file?.litellm_settings?.request_timeout;
  const fallback = fromFile ?? (file?.model_list == null ? 10 : 600);
  return env.secondsAsMs('GATEWAY_REQUEST_TIMEOUT_SECONDS', { fallback, min: 0.05, max: 86_400 });
}

/** `GATEWAY_FALLBACKS` (`a=b,c;d=e`) wins over the lists of the configuration file, model by model. */
function readFallbacks(env: Environment, file: ConfigFile | undefined): Map<string, string[]> {
  const fallbacks = new Map<string, string[]>();
  for (const list of [file?.litellm_settings?.fallbacks, file?.router_settings?.fallbacks]) {
    for (const [model, targets] of (list ?? []).flatMap((entry) => Object.entries(entry)))
      fallbacks.set(model, targets);
  }
  for (const [index, item] of env.list('GATEWAY_FALLBACKS', ';').entries()) {
    const [model = '', targets = '', ...rest] = item.split('=').map((part) => part.trim());
    const names = targets.split(',').map((name) => name.trim());
    // As above, the item itself is not quoted.
    if (model === '' || names.includes('') || rest.length > 0) {
      env.problems.add('GATEWAY_FALLBACKS', `item ${index + 1} must have the form model=fallback,fallback`);
    } else fallbacks.set(model, names);
  }
  return fallbacks;
}
