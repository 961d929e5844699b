export { claudeModel } from './anthropic-messages/claude-models';
export { countTokensReplySchema, messagesReplySchema } from './anthropic-messages/messages-reply.schema';
export { countTokensRequestSchema, messagesRequestSchema } from './anthropic-messages/messages-request.schema';
export type { Dialect } from './dialect';
export { createStreamObserver, streamErrorEvent, summariseReply } from './dialect-replies';
export { isDialect, type Endpoint } from './endpoint';
export {
  anthropicErrorBody,
  openAiErrorBody,
  type AnthropicErrorBody,
  type OpenAiErrorBody,
} from './errors/error-bodies';
export { anthropicErrorSchema, openAiErrorSchema } from './errors/error-bodies.schema';
export { readStreamError } from './errors/read-upstream-error';
export { readUpstreamError } from './errors/read-upstream-error';
export { SallyportError, type ErrorCode, type SallyportErrorOptions } from './errors/sallyport-error';
export type { UpstreamError } from './errors/upstream-error';
export { openAiUpstreamError } from './errors/upstream-error-body';
export { applyEdits, type TextEdit } from './json/json-edits';
export {
  JsonDepthError,
  MAX_JSON_DEPTH,
  memberOf,
  parseJsonTree,
  stringOf,
  type JsonArrayNode,
  type JsonMember,
  type JsonNode,
  type JsonObjectNode,
  type JsonScalarNode,
  type JsonStringNode,
} from './json/json-tree';
export { isObject, objectOf, parseJson, textOf, type JsonObject } from './json/json-value';
export {
  anthropicModel,
  anthropicModelPage,
  openAiModel,
  openAiModelList,
  type AnthropicModel,
  type AnthropicModelPage,
  type OpenAiModel,
  type OpenAiModelList,
} from './models/model-lists';
export { modelInfoListSchema, modelListSchema, modelSchema } from './models/models-reply.schema';
export { chatReplyReader } from './openai-chat/chat-reply-reader';
export { chatReplyWriter } from './openai-chat/chat-reply-writer';
export { chatReplySchema } from './openai-chat/chat-reply.schema';
export { chatRequestSchema } from './openai-chat/chat-request.schema';
export { summariseCompletionsReply } from './openai-completions/completions-reply';
export { completionsReplySchema } from './openai-completions/completions-reply.schema';
export { completionsRequestSchema } from './openai-completions/completions-request.schema';
export { CompletionsStreamObserver } from './openai-completions/completions-stream-observer';
export { embeddingsReplySchema } from './openai-embeddings/embeddings-reply.schema';
export { embeddingsRequestSchema } from './openai-embeddings/embeddings-request.schema';
export { encodeEmbeddings } from './openai-embeddings/encode-embeddings';
export { compactedResponseSchema, responsesReplySchema } from './openai-responses/responses-reply.schema';
export { responsesRequestSchema } from './openai-responses/responses-request.schema';
export { imagesReplySchema, imagesRequestSchema } from './passthrough/images.schema';
export { moderationsReplySchema, moderationsRequestSchema } from './passthrough/moderations.schema';
export { rerankReplySchema, rerankRequestSchema } from './passthrough/rerank.schema';
export { speechRequestSchema, transcriptionReplySchema } from './passthrough/speech.schema';
export {
  batchRequestSchema,
  batchSchema,
  deletedSchema,
  pageSchema,
  storedFileSchema,
} from './passthrough/stored-objects.schema';
export type { AssistantReply, ReplyContent, StopReason } from './reply/assistant-reply';
export type { ReplyContext } from './reply/reply-codec.port';
export type { ReplyEvent } from './reply/reply-event';
export type { ReplyError, ReplySummary, TokenUsage } from './reply/reply-summary';
export type { StreamObserver } from './reply/stream-observer.port';
export { MASKED_HEADER } from './request/masked-header';
export { replaceFormModel } from './request/replace-form-model';
export { setMembers } from './request/set-members';
export { parseDataUrl } from './requests/data-url';
export {
  at,
  malformed,
  objectsOf,
  optionalFlag,
  optionalNumber,
  optionalObject,
  optionalText,
  present,
  requiredObject,
  requiredText,
} from './requests/fields';
export { callsOf, type ChatCall } from './requests/from-chat/read-calls';
export { partsOf, type ChatPart } from './requests/from-chat/read-parts';
export {
  KEPT_ELSEWHERE,
  SPEED_ONLY,
  TIERS_DIFFER,
  UNKNOWN_CHOICE,
  UNKNOWN_CONTENT,
  UNKNOWN_FORMAT,
} from './requests/reasons';
export { RequestTranslation } from './requests/request-translation';
export { carried, dropped, forbidden, refused, type RuleTable } from './requests/translation-rules';
export { DEFAULT_TRAITS, type UpstreamTraits } from './requests/upstream-traits';
export { encodeSseEvent, SseDecoder, SseEventTooLargeError, type SseEvent } from './sse/sse-decoder';
export type { StreamTranslation } from './translation/stream-translation';
export { Translation } from './translation/translation';
