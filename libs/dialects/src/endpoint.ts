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
