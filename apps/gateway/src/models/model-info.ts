import type { Provider } from '@sallyport/providers';
import type { Deployment } from '@sallyport/routing';

/** One deployment as LiteLLM's `/model/info` describes it. Numbers that nobody has configured are null. */
export interface ModelInfo {
  readonly model_name: string;
  /** How the deployment is reached, without credentials. */
  readonly litellm_params: Readonly<Record<string, unknown>> & { readonly model: string };
  readonly model_info: Readonly<Record<string, unknown>> & { readonly id: string };
}

const UNKNOWN = {
  max_tokens: null,
  max_input_tokens: null,
  max_output_tokens: null,
  input_cost_per_token: null,
  output_cost_per_token: null,
  mode: null,
  supports_function_calling: null,
  supports_prompt_caching: null,
  supports_reasoning: null,
  supports_response_schema: null,
  supports_vision: null,
} as const;

/** Clients take `litellm_params.model` for a name that can be asked for, so without one it is the group's. */
export function modelInfo({ id, group, params, info, target }: Deployment<Provider>): ModelInfo {
  const model = params?.['model'];
  const name = typeof model === 'string' ? model : group;
  return {
    model_name: group,
    litellm_params: { ...params, model: name },
    model_info: { ...UNKNOWN, key: name, litellm_provider: target.name, ...info, id, db_model: false },
  };
}
