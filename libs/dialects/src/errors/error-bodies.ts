import type { JsonObject } from '../json/json-value';
import type { ErrorCode, SallyportError } from './sallyport-error';

/** Error object of the OpenAI API: https://platform.openai.com/docs/guides/error-codes */
export interface OpenAiErrorBody {
  error: { message: string; type: string; param: string | null; code: string | null };
}

/** Error object of the Anthropic API: https://docs.anthropic.com/en/api/errors */
export interface AnthropicErrorBody {
  type: 'error';
  error: { type: string; message: string };
  request_id: string | null;
}

/** The `type` that official clients know for each code: OpenAI's, then Anthropic's. */
const ERROR_TYPES: Readonly<Record<ErrorCode, readonly [openAi: string, anthropic: string]>> = {
  invalid_json: ['invalid_request_error', 'invalid_request_error'],
  invalid_request: ['invalid_request_error', 'invalid_request_error'],
  unsupported_media_type: ['invalid_request_error', 'invalid_request_error'],
  body_too_large: ['invalid_request_error', 'request_too_large'],
  missing_key: ['authentication_error', 'authentication_error'],
  wrong_key: ['authentication_error', 'authentication_error'],
  rate_limited: ['rate_limit_error', 'rate_limit_error'],
  not_found: ['not_found_error', 'not_found_error'],
  route_refused: ['not_found_error', 'not_found_error'],
  blocked_by_policy: ['permission_denied_error', 'permission_error'],
  model_not_found: ['not_found_error', 'not_found_error'],
  dialect_unsupported: ['invalid_request_error', 'invalid_request_error'],
  upstream_failed: ['api_error', 'api_error'],
  upstream_interrupted: ['api_error', 'api_error'],
  circuit_open: ['service_unavailable', 'overloaded_error'],
  deadline_exceeded: ['timeout', 'timeout_error'],
  conflict: ['invalid_request_error', 'invalid_request_error'],
  storage_full: ['api_error', 'api_error'],
  unavailable: ['service_unavailable', 'overloaded_error'],
  internal: ['api_error', 'api_error'],
};

export function openAiErrorBody(error: SallyportError): OpenAiErrorBody {
  const [type] = ERROR_TYPES[error.code];
  return { error: { message: error.message, type, param: error.param ?? null, code: error.code } };
}

/**
 * Fields of the `error` event of a Responses stream. The API's reference has them flat, the API itself nests them:
 * clients made for the one pass over the other and take the stream for complete, so the event holds both.
 */
export function responsesErrorFields({ error }: OpenAiErrorBody): JsonObject {
  const { message, type, param } = error;
  const code = error.code ?? type;
  return { code, message, param, error: { type, code, message, param } };
}

/** Anthropic's error object has no field for the parameter, so the message begins with it. */
export function anthropicErrorBody(error: SallyportError, requestId: string | null): AnthropicErrorBody {
  const [, type] = ERROR_TYPES[error.code];
  const message = error.param === undefined ? error.message : `${error.param}: ${error.message}`;
  return { type: 'error', error: { type, message }, request_id: requestId };
}
