export type { Dialect } from './dialect';
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
export { encodeSseEvent, SseDecoder, SseEventTooLargeError, type SseEvent } from './sse/sse-decoder';
