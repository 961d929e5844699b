import type { Dialect } from './dialect';

/** What of an upstream's API a call is for: a conversation in one of the dialects, or another kind of work. */
export type Endpoint =
  | Dialect
  | 'openai-completions'
  | 'openai-embeddings'
  | 'openai-images-generations'
  | 'openai-images-edits'
  | 'openai-images-variations'
  | 'openai-audio-speech'
  | 'openai-audio-transcriptions'
  | 'openai-audio-translations'
  | 'openai-moderations'
  | 'openai-files'
  | 'openai-batches'
  | 'rerank'
  | 'anthropic-count-tokens';

const DIALECTS: ReadonlySet<Endpoint> = new Set<Dialect>(['openai-chat', 'openai-responses', 'anthropic-messages']);

/** Whether an endpoint holds conversations, so that its calls can be translated. */
export function isDialect(endpoint: Endpoint): endpoint is Dialect {
  return DIALECTS.has(endpoint);
}
