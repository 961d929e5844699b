/** An OpenAI-compatible vendor: a row here is all that such a vendor needs. */
export interface OpenAiCompatibleVendor {
  /** Prefix in `litellm_params.model`, also the provider's name in records. */
  readonly prefix: string;
  /** Undefined: the operator must give `api_base`. */
  readonly apiBase?: string;
  /** Environment variable that holds the key when the deployment names none. */
  readonly keyVariable?: string;
}

export const OPENAI_COMPATIBLE_VENDORS: readonly OpenAiCompatibleVendor[] = [
  { prefix: 'openai', apiBase: 'https://api.openai.com/v1', keyVariable: 'OPENAI_API_KEY' },
  { prefix: 'openrouter', apiBase: 'https://openrouter.ai/api/v1', keyVariable: 'OPENROUTER_API_KEY' },
  { prefix: 'hosted_vllm' },
  { prefix: 'litellm_proxy' },
];
