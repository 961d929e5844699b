import { parse, YAMLParseError } from 'yaml';
import type { Environment } from '../environment/environment';
import type { ConfigFile } from '../litellm/config-file.schema';
import { Secret } from '../secret';
import { readCredential, readDataDir, readListenSettings, type ListenSettings } from './listen-settings';
import { readLogLevel } from './log-level';
import { readRedisSettings, type RedisSettings } from './redis-settings';

/** Where what masking remembers is kept, and for how long. */
export interface MaskingStateSettings {
  /** Undefined: each process keeps its own. */
  readonly redis: RedisSettings | undefined;
  readonly ttlSeconds: number;
  /** Most bytes that a process keeps by itself. */
  readonly maxBytes: number;
  /** Longest wait for Redis, in milliseconds. */
  readonly timeoutMs: number;
}

/** What is masked, and what becomes of it. */
export interface MaskingRuleSettings {
  /** Kind to action, as they were written; who masks knows which there are. */
  readonly policies: ReadonlyMap<string, string>;
  /** Nothing is masked or refused, only counted. */
  readonly reportOnly: boolean;
  /** Own rules and allow-lists as they were written; undefined when there are none. */
  readonly rules: unknown;
  /** Most distinct values in one request. */
  readonly maxValues: number;
  /** How many texts' findings and reviews are remembered each. */
  readonly cachedTexts: number;
  /** Further words in the name of a tool that sends what it is given to somebody else. */
  readonly fetchTools: readonly string[];
}

export interface MaskingSettings extends MaskingRuleSettings {
  readonly listen: ListenSettings;
  /** The key that clients present. */
  readonly masterKey: Secret;
  /** Further keys that clients present. Each key is a tenant: none sees the tokens of another. */
  readonly apiKeys: readonly Secret[];
  /** Where masked calls go: a gateway or a provider, without a trailing slash. */
  readonly upstreamUrl: string;
  /** Sent upstream in place of the client's own key, when set. */
  readonly upstreamKey: Secret | undefined;
  /** Secret that tokens are derived from; undefined: one is generated and kept under `dataDir`. */
  readonly maskingKey: Secret | undefined;
  /** Secrets that were in use before, the latest first: conversations that began with one keep it. */
  readonly previousKeys: readonly Secret[];
  /** Who shares tokens: all calls of a tenant, or only those of one conversation. */
  readonly scope: 'tenant' | 'conversation';
  readonly state: MaskingStateSettings;
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
  const apiKeys = secrets(env, 'MASKING_API_KEYS');
  return {
    listen: readListenSettings(env, 'MASKING_PORT', 8000),
    masterKey: readMasterKey(env, file, apiKeys),
    apiKeys,
    upstreamUrl: env.url('MASKING_UPSTREAM_URL', 'http://127.0.0.1:4000'),
    upstreamKey: env.secret('MASKING_UPSTREAM_API_KEY'),
    maskingKey: env.secret('MASKING_KEY'),
    previousKeys: secrets(env, 'MASKING_PREVIOUS_KEYS'),
    scope: env.choice('MASKING_SCOPE', ['tenant', 'conversation']),
    ...readRuleSettings(env),
    state: readStateSettings(env),
    dataDir: readDataDir(env),
    maxBodyBytes: env.integer('MASKING_MAX_BODY_BYTES', { fallback: 33_554_432, min: 1024, max: 1_073_741_824 }),
    maxReplyBytes: env.integer('MASKING_MAX_REPLY_BYTES', { fallback: 67_108_864, min: 1024, max: 1_073_741_824 }),
    requestTimeoutMs: env.secondsAsMs('MASKING_REQUEST_TIMEOUT_SECONDS', { fallback: 600, min: 0.1, max: 86_400 }),
    streamIdleMs: env.secondsAsMs('MASKING_STREAM_IDLE_SECONDS', { fallback: 300, min: 0.1, max: 86_400 }),
    logLevel: readLogLevel(env),
  };
}

/** Who has given keys of the proxy's own does without the well-known one. */
function readMasterKey(env: Environment, file: ConfigFile | undefined, apiKeys: readonly Secret[]): Secret {
  const fileKey = file?.general_settings?.master_key;
  if (fileKey) return new Secret(fileKey);
  const [firstKey] = apiKeys;
  return env.secret('LITELLM_MASTER_KEY') ?? firstKey ?? readCredential(env, 'LITELLM_MASTER_KEY', 'dev-key');
}

function readRuleSettings(env: Environment): MaskingRuleSettings {
  return {
    policies: readPolicies(env),
    reportOnly: env.choice('MASKING_MODE', ['mask', 'report']) === 'report',
    rules: readRules(env),
    maxValues: env.integer('MASKING_MAX_VALUES', { fallback: 10_000, min: 1, max: 10_000_000 }),
    cachedTexts: env.integer('MASKING_CACHED_TEXTS', { fallback: 10_000, min: 1, max: 10_000_000 }),
    fetchTools: env.list('MASKING_FETCH_TOOLS', ','),
  };
}

function readStateSettings(env: Environment): MaskingStateSettings {
  return {
    redis: readRedisSettings(env),
    ttlSeconds: env.integer('MASKING_STATE_TTL_SECONDS', { fallback: 86_400, min: 1, max: 31_536_000 }),
    maxBytes: env.integer('MASKING_STATE_MAX_BYTES', { fallback: 67_108_864, min: 1024, max: 1_099_511_627_776 }),
    timeoutMs: env.integer('MASKING_STATE_TIMEOUT_MS', { fallback: 250, min: 1, max: 60_000 }),
  };
}

function secrets(env: Environment, name: string): Secret[] {
  return [...new Set(env.list(name, ','))].map((value) => new Secret(value));
}

function readPolicies(env: Environment): Map<string, string> {
  const policies = new Map<string, string>();
  for (const [index, item] of env.list('MASKING_POLICIES', ',').entries()) {
    const [kind = '', action = '', ...rest] = item.split('=').map((part) => part.trim());
    if (kind === '' || action === '' || rest.length > 0) {
      env.problems.add('MASKING_POLICIES', `item ${index + 1} must have the form kind=action`);
    } else if (policies.has(kind)) env.problems.add('MASKING_POLICIES', `names ${kind} twice`);
    else policies.set(kind, action);
  }
  return policies;
}

/** YAML, of which JSON is a part; `MASKING_RULES_FILE` names the file that it stands in. */
function readRules(env: Environment): unknown {
  const text = env.text('MASKING_RULES');
  if (text === undefined) return undefined;
  try {
    return parse(text, { logLevel: 'error' }) as unknown;
  } catch (error) {
    // Only the place is told: the parser's message quotes the line, which may hold what must not be seen.
    const line = error instanceof YAMLParseError ? ` (line ${error.linePos?.[0].line ?? '?'})` : '';
    env.problems.add('MASKING_RULES', `is not valid YAML${line}`);
    return undefined;
  }
}
