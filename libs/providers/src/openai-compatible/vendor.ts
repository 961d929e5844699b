import type { Endpoint, UpstreamTraits } from '@sallyport/dialects';

/** An OpenAI-compatible vendor: a row of this kind is all that it needs. */
export interface OpenAiCompatibleVendor {
  /** Prefix in `litellm_params.model`, also the provider's name in records. */
  readonly prefix: string;
  /** Other prefixes for the same. */
  readonly aliases?: readonly string[];
  readonly title: string;
  /**
   * Address up to and including the version; `{NAME}` stands for a variable. Undefined: the operator must give one.
   */
  readonly apiBase?: string;
  /** Variables that hold another address; the first that is set counts. */
  readonly baseVariables?: readonly string[];
  /** Path to put behind an address that has none. */
  readonly barePath?: string;
  /** Variables that hold the key when the deployment names none; the first that is set counts. */
  readonly keyVariables: readonly string[];
  /** Domains that are the vendor's own, when `apiBase` does not tell. */
  readonly domains?: readonly string[];
  /** What the vendor serves at its own address, in the order in which dialects are preferred. */
  readonly endpoints: readonly Endpoint[];
  /** What another address serves that is used under this prefix; when left out, `endpoints` without other dialects. */
  readonly endpointsElsewhere?: readonly Endpoint[];
  readonly traits?: Partial<UpstreamTraits>;
  /** Headers from variables or from `litellm_params`. */
  readonly headers?: readonly VendorHeader[];
}

export interface VendorHeader {
  readonly name: string;
  readonly variable: string;
  /** Key in `litellm_params` that wins over the variable. */
  readonly option?: string;
}

/** What a server that calls itself OpenAI-compatible may serve; it answers 404 itself for what it lacks. */
export const PASSED_THROUGH: readonly Endpoint[] = [
  'openai-chat',
  'openai-completions',
  'openai-embeddings',
  'openai-images-generations',
  'openai-images-edits',
  'openai-images-variations',
  'openai-audio-speech',
  'openai-audio-transcriptions',
  'openai-audio-translations',
  'openai-moderations',
  'openai-files',
  'openai-batches',
  'rerank',
];
