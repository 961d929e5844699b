import type { Endpoint } from '@sallyport/dialects';

/** LiteLLM's name for each kind of call: https://docs.litellm.ai/docs/proxy/logging_spec */
export const CALL_TYPES = {
  'openai-chat': 'acompletion',
  'openai-responses': 'aresponses',
  'anthropic-messages': 'anthropic_messages',
  'anthropic-count-tokens': 'acount_tokens',
  'openai-completions': 'atext_completion',
  'openai-embeddings': 'aembedding',
  'openai-images-generations': 'aimage_generation',
  'openai-images-edits': 'aimage_edit',
  'openai-images-variations': 'aimage_variation',
  'openai-audio-speech': 'aspeech',
  'openai-audio-transcriptions': 'atranscription',
  'openai-audio-translations': 'atranslation',
  'openai-moderations': 'amoderation',
  'openai-files': 'afile',
  'openai-batches': 'abatch',
  rerank: 'arerank',
} as const satisfies Record<Endpoint, string>;

export type CallType = (typeof CALL_TYPES)[Endpoint];
