import type { Environment } from '../environment/environment';
import type { ConfigFile, ModelEntry, Prices } from '../litellm/config-file.schema';
import { Secret } from '../secret';
import type { ClientAbortPolicy } from './client-abort-policy';
import { DeploymentOptions } from './deployment-options';
import { withoutCredentials } from './without-credentials';

/** One entry of a `model_list`. */
export interface DeploymentSettings {
  /** Public name; deployments that share one form a group. May hold a `*`. */
  readonly group: string;
  readonly id: string;
  /** Provider prefix and the upstream's own model name, in which `*` stands for what the group's `*` matches. */
  readonly provider: string;
  readonly model: string;
  readonly apiBase: string | undefined;
  readonly apiKey: Secret | undefined;
  /** What else `litellm_params` says, such as `api_version` or `aws_region_name`. */
  readonly options: DeploymentOptions;
  /** Sent with every call; names in lower case. Values may be credentials. */
  readonly extraHeaders: Readonly<Record<string, Secret>>;
  /** What the upstream serves, when the file says so; in the order in which dialects are preferred. */
  readonly endpoints: readonly string[] | undefined;
  /** Whether Responses calls are translated to chat although the upstream could take them. */
  readonly chatOnly: boolean;
  readonly dropParams: boolean;
  /** Top-level fields that never travel to the upstream. */
  readonly dropFields: readonly string[];
  /** Output limit for an upstream that demands one. */
  readonly defaultMaxTokens: number;
  /** Longest wait for a whole reply, and for the first byte of a stream, in milliseconds; undefined: the gateway's. */
  readonly timeoutMs: number | undefined;
  readonly streamTimeoutMs: number | undefined;
  /** Undefined: the gateway's. */
  readonly onClientAbort: ClientAbortPolicy | undefined;
  /** Undefined: no price is given. */
  readonly prices: TokenPrices | undefined;
  /** `model_info` and `litellm_params` for clients that ask; without credentials. */
  readonly info: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, unknown>>;
  /** Path in the configuration file, for messages about it. */
  readonly where: string;
}

/** US dollars for a single token. What is undefined costs what the nearest kind costs: input or output. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly reasoning: number | undefined;
}

/** What holds for every deployment that says nothing else. */
export interface DeploymentDefaults {
  readonly dropParams: boolean;
  readonly defaultMaxTokens: number;
}

/** Reads the `model_list` of a LiteLLM file; two entries with one id are listed in `env.problems`. */
export function readDeployments(
  env: Environment,
  file: ConfigFile | undefined,
  defaults: DeploymentDefaults,
): DeploymentSettings[] {
  const deployments = (file?.model_list ?? []).map((entry, index) => readDeployment(entry, index, defaults));
  deployments.forEach(({ id }, index) => {
    if (deployments.findIndex((other) => other.id === id) === index) return;
    env.problems.add(`model_list.${index}.model_info.id`, 'is the id of an earlier entry');
  });
  return deployments;
}

function readDeployment(entry: ModelEntry, index: number, defaults: DeploymentDefaults): DeploymentSettings {
  const { litellm_params: params, model_info: info } = entry;
  const id = info?.id ?? `${entry.model_name}-${index}`;
  return {
    group: entry.model_name,
    id,
    ...readModelName(params.model, params.custom_llm_provider ?? undefined),
    apiBase: params.api_base ?? undefined,
    apiKey: params.api_key ? new Secret(params.api_key) : undefined,
    options: new DeploymentOptions(params),
    extraHeaders: readHeaders(params.extra_headers ?? {}),
    // LiteLLM's own word for a model that is only behind the Responses API.
    endpoints: info?.endpoints ?? (info?.mode === 'responses' ? ['openai-responses'] : undefined),
    chatOnly: params.use_chat_completions_api ?? false,
    dropParams: params.drop_params ?? defaults.dropParams,
    dropFields: params.additional_drop_params ?? [],
    defaultMaxTokens: params.max_tokens ?? info?.max_output_tokens ?? defaults.defaultMaxTokens,
    timeoutMs: inMs(params.timeout),
    // LiteLLM's rule: a stream waits as long as any call, unless it is said otherwise.
    streamTimeoutMs: inMs(params.stream_timeout ?? params.timeout),
    onClientAbort: params.on_client_abort ?? undefined,
    prices: readPrices(params, info ?? {}),
    info: { ...withoutCredentials(info ?? {}), id },
    params: withoutCredentials(params),
    where: `model_list.${index}.litellm_params`,
  };
}

/** As LiteLLM has it, `litellm_params` win over `model_info`. A model that costs nothing says so with zeros. */
function readPrices(params: Prices, info: Prices): TokenPrices | undefined {
  const price = (name: keyof Prices): number | undefined => params[name] ?? info[name] ?? undefined;
  const input = price('input_cost_per_token');
  const output = price('output_cost_per_token');
  if (input === undefined && output === undefined) return undefined;
  return {
    input: input ?? 0,
    output: output ?? 0,
    cacheRead: price('cache_read_input_token_cost'),
    cacheWrite: price('cache_creation_input_token_cost'),
    reasoning: price('output_cost_per_reasoning_token'),
  };
}

function inMs(seconds: number | null | undefined): number | undefined {
  return seconds == null ? undefined : Math.round(seconds * 1000);
}

/** `custom_llm_provider` wins over the prefix, which is then part of the name unless it says the same. */
function readModelName(name: string, provider: string | undefined): { provider: string; model: string } {
  const slash = name.indexOf('/');
  const prefix = name.slice(0, Math.max(slash, 0));
  if (provider !== undefined && provider !== prefix) return { provider, model: name };
  // LiteLLM takes a name without a prefix for OpenAI's.
  return { provider: slash === -1 ? 'openai' : prefix, model: name.slice(slash + 1) };
}

function readHeaders(headers: Readonly<Record<string, string>>): Record<string, Secret> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), new Secret(value)]));
}
