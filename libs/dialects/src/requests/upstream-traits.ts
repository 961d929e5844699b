/** How an upstream differs from the API that its dialect is named after. */
export interface UpstreamTraits {
  /** Name of the output limit in a chat request: OpenAI's own models want the long one, most others know the short. */
  readonly tokenLimitField: 'max_tokens' | 'max_completion_tokens';
  /** Output limit for an upstream that demands one, when the client gave none. */
  readonly defaultMaxTokens: number;
  /** Whether what the upstream cannot express is left out (`drop_params`) where it would be refused otherwise. */
  readonly dropParams: boolean;
  /** Whether chat requests may carry `top_k`, as vLLM and others take it. */
  readonly takesTopK: boolean;
  /** Whether streamed chat requests may carry `stream_options`. */
  readonly takesStreamOptions: boolean;
  /** Field of an assistant's chat message in which reasoning of earlier turns is welcome. */
  readonly reasoningField: 'reasoning_content' | 'reasoning' | undefined;
}

export const DEFAULT_TRAITS: UpstreamTraits = {
  tokenLimitField: 'max_tokens',
  defaultMaxTokens: 4096,
  dropParams: false,
  takesTopK: false,
  takesStreamOptions: true,
  reasoningField: undefined,
};
