import type { Endpoint } from '@sallyport/dialects';

/** The endpoints for which it is declared where text lives. */
export type MaskedEndpoint = Extract<
  Endpoint,
  | 'openai-chat'
  | 'openai-responses'
  | 'anthropic-messages'
  | 'anthropic-count-tokens'
  | 'openai-embeddings'
  | 'openai-completions'
>;
