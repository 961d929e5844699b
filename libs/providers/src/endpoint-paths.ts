import type { Endpoint } from '@sallyport/dialects';

/**
 * Paths of the OpenAI API behind its version, and those of other APIs that such upstreams serve beside it.
 * Source: https://platform.openai.com/docs/api-reference
 */
export const OPENAI_PATHS: Readonly<Record<Endpoint, string>> = {
  'openai-chat': '/chat/completions',
  'openai-responses': '/responses',
  'anthropic-messages': '/messages',
  'anthropic-count-tokens': '/messages/count_tokens',
  'openai-completions': '/completions',
  'openai-embeddings': '/embeddings',
  'openai-images-generations': '/images/generations',
  'openai-images-edits': '/images/edits',
  'openai-images-variations': '/images/variations',
  'openai-audio-speech': '/audio/speech',
  'openai-audio-transcriptions': '/audio/transcriptions',
  'openai-audio-translations': '/audio/translations',
  'openai-moderations': '/moderations',
  'openai-files': '/files',
  'openai-batches': '/batches',
  rerank: '/rerank',
};

/** Paths of the Anthropic API. Source: https://docs.claude.com/en/api/overview */
export const ANTHROPIC_PATHS: EndpointPaths = {
  'anthropic-messages': '/v1/messages',
  'anthropic-count-tokens': '/v1/messages/count_tokens',
};

export type EndpointPaths = Readonly<Partial<Record<Endpoint, string>>>;
