import { z } from 'zod';

const fallbackList = z.array(z.record(z.string(), z.array(z.string())));

const SECONDS = 'must be a number of seconds from 0.05 to 86400';
const seconds = z.coerce.number(SECONDS).min(0.05, SECONDS).max(86_400, SECONDS);

/**
 * The part of a LiteLLM `config.yaml` that Sallyport reads; other keys are tolerated.
 * Source: https://docs.litellm.ai/docs/proxy/configs
 */
export const configFileSchema = z.looseObject({
  model_list: z
    .array(
      z.looseObject({
        model_name: z.string().min(1),
        litellm_params: z.looseObject({
          model: z.string().min(1),
          api_base: z.string().nullish(),
          api_key: z.string().nullish(),
        }),
        model_info: z.looseObject({ id: z.coerce.string().optional() }).nullish(),
      }),
    )
    .nullish(),
  general_settings: z.looseObject({ master_key: z.string().nullish() }).nullish(),
  router_settings: z.looseObject({ fallbacks: fallbackList.nullish(), timeout: seconds.nullish() }).nullish(),
  litellm_settings: z.looseObject({ fallbacks: fallbackList.nullish(), request_timeout: seconds.nullish() }).nullish(),
});

export type ConfigFile = z.infer<typeof configFileSchema>;
