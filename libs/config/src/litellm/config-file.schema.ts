import { z } from 'zod';

const fallbackList = z.array(z.record(z.string(), z.array(z.string())));

const SECONDS = 'must be a number of seconds from 0.05 to 86400';
const seconds = z.coerce.number(SECONDS).min(0.05, SECONDS).max(86_400, SECONDS);

const TOKENS = 'must be a whole number of tokens from 1 to 10000000';
const tokens = z.coerce.number(TOKENS).int(TOKENS).min(1, TOKENS).max(10_000_000, TOKENS);

/** A switch; what stands behind `os.environ/` is always text. */
const flag = z.union([z.boolean(), z.stringbool()], 'must be true or false');

const NAMES = 'must be a list of names';
const names = z.array(z.string(NAMES).min(1, NAMES), NAMES);
const fields = names.refine((list) => list.every((name) => !/[.[]/.test(name)), 'may name top-level fields only');

const headerValue = z.union([z.string(), z.number(), z.boolean()], 'must be a single value').transform(String);

const PRICE = 'must be a price in US dollars, 0 or more';
const price = z.coerce.number(PRICE).min(0, PRICE).nullish();

/** In US dollars for a single token, as LiteLLM has them. */
const prices = {
  input_cost_per_token: price,
  output_cost_per_token: price,
  cache_read_input_token_cost: price,
  cache_creation_input_token_cost: price,
  output_cost_per_reasoning_token: price,
};

const modelEntrySchema = z.looseObject({
  model_name: z.string().min(1),
  litellm_params: z.looseObject({
    model: z.string().min(1),
    custom_llm_provider: z.string().nullish(),
    api_base: z.string().nullish(),
    api_key: z.string().nullish(),
    api_version: z.string().nullish(),
    organization: z.string('must be one organization').nullish(),
    extra_headers: z.record(z.string(), headerValue, 'must be names with values').nullish(),
    max_tokens: tokens.nullish(),
    timeout: seconds.nullish(),
    stream_timeout: seconds.nullish(),
    drop_params: flag.nullish(),
    additional_drop_params: fields.nullish(),
    use_chat_completions_api: flag.nullish(),
    on_client_abort: z.enum(['abort', 'drain']).nullish(),
    ...prices,
  }),
  model_info: z
    .looseObject({
      ...prices,
      id: z.coerce.string().optional(),
      mode: z.string().nullish(),
      endpoints: names.min(1, 'must name at least one endpoint').nullish(),
      max_output_tokens: tokens.nullish(),
    })
    .nullish(),
});

/**
 * The part of a LiteLLM `config.yaml` that Sallyport reads; other keys are tolerated.
 * Source: https://docs.litellm.ai/docs/proxy/configs
 */
export const configFileSchema = z.looseObject({
  model_list: z.array(modelEntrySchema).nullish(),
  general_settings: z.looseObject({ master_key: z.string().nullish() }).nullish(),
  router_settings: z.looseObject({ fallbacks: fallbackList.nullish(), timeout: seconds.nullish() }).nullish(),
  litellm_settings: z
    .looseObject({
      fallbacks: fallbackList.nullish(),
      request_timeout: seconds.nullish(),
      drop_params: flag.nullish(),
      turn_off_message_logging: flag.nullish(),
    })
    .nullish(),
});

export type Prices = Readonly<{ [Name in keyof typeof prices]?: number | null | undefined }>;
export type ModelEntry = z.infer<typeof modelEntrySchema>;
export type ConfigFile = z.infer<typeof configFileSchema>;
