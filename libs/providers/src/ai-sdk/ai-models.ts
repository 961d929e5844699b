import type { CohereProvider } from '@ai-sdk/cohere';

// The interface that all packages of the AI SDK share, read off one of them: its own package is none of ours to name.
// Source: https://github.com/vercel/ai/tree/main/packages/provider/src/language-model/v3

/** One conversation model of a vendor. */
export type LanguageModel = ReturnType<CohereProvider['languageModel']>;
export type CallOptions = Parameters<LanguageModel['doGenerate']>[0];
export type PromptMessage = CallOptions['prompt'][number];
export type GenerateResult = Awaited<ReturnType<LanguageModel['doGenerate']>>;
export type StreamPart =
  Awaited<ReturnType<LanguageModel['doStream']>>['stream'] extends ReadableStream<infer Part> ? Part : never;

/** One embedding model of a vendor. */
export type EmbeddingModel = ReturnType<CohereProvider['embeddingModel']>;

/** Settings that only one vendor understands, under its name. */
export type VendorOptions = NonNullable<CallOptions['providerOptions']>;

/** The models of one vendor with one credential. */
export interface AiModels {
  languageModel(id: string): LanguageModel;
  embeddingModel(id: string): EmbeddingModel;
}
