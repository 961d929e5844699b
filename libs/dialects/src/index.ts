export { messagesRequestSchema } from './anthropic-messages/messages-request.schema';
export type { Dialect } from './dialect';
export type { Endpoint } from './endpoint';
export {
  anthropicErrorBody,
  openAiErrorBody,
  type AnthropicErrorBody,
  type OpenAiErrorBody,
} from './errors/error-bodies';
export { SallyportError, type ErrorCode, type SallyportErrorOptions } from './errors/sallyport-error';
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
export { chatRequestSchema } from './openai-chat/chat-request.schema';
export { createStreamObserver, streamErrorEvent, summariseReply } from './reply/dialect-replies';
export { isObject, numberOf, objectOf, parseJson, textOf, type JsonObject } from './reply/json-value';
export type { ReplyError, ReplySummary, TokenUsage } from './reply/reply-summary';
export type { StreamObserver } from './reply/stream-observer.port';
export { replaceModel } from './request/replace-model';
export { encodeSseEvent, SseDecoder, SseEventTooLargeError, type SseEvent } from './sse/sse-decoder';
export { Translation, type TranslationOptions } from './translation/translation';
export type { StreamTranslation } from './translation/stream-translation';
export { DEFAULT_TRAITS, type UpstreamTraits } from './translation/upstream-traits';
