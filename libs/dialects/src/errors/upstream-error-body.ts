import type { Dialect } from '../dialect';
import type { AnthropicErrorBody, OpenAiErrorBody } from './error-bodies';
import type { UpstreamError } from './upstream-error';

/** The `type` that official clients know for each status: Anthropic's, then OpenAI's. */
const TYPES: Readonly<Record<number, readonly [anthropic: string, openAi: string]>> = {
  401: ['authentication_error', 'authentication_error'],
  402: ['billing_error', 'insufficient_quota'],
  403: ['permission_error', 'permission_error'],
  404: ['not_found_error', 'invalid_request_error'],
  408: ['timeout_error', 'timeout'],
  413: ['request_too_large', 'invalid_request_error'],
  429: ['rate_limit_error', 'rate_limit_error'],
  503: ['overloaded_error', 'service_unavailable'],
  504: ['timeout_error', 'timeout'],
  529: ['overloaded_error', 'service_unavailable'],
};
const REFUSED = ['invalid_request_error', 'invalid_request_error'] as const;
const FAILED = ['api_error', 'server_error'] as const;

/**
 * An upstream's error in the envelope of a client that speaks another dialect. The type follows from the status: the
 * upstream's own is a word of its dialect.
 */
export function upstreamErrorBody(dialect: Dialect, error: UpstreamError, requestId: string): object {
  return dialect === 'anthropic-messages'
    ? ({ ...anthropicStreamError(error), request_id: requestId } satisfies AnthropicErrorBody)
    : openAiUpstreamError(error);
}

/** The data of Anthropic's `error` event, which names no request. */
export function anthropicStreamError(error: UpstreamError): Omit<AnthropicErrorBody, 'request_id'> {
  const [type] = typesOf(error.status);
  return { type: 'error', error: { type, message: error.message } };
}

/** For the body of a refusal and for an event inside a chat stream alike. */
export function openAiUpstreamError(error: UpstreamError): OpenAiErrorBody {
  const [, type] = typesOf(error.status);
  return { error: { message: error.message, type, param: error.param, code: error.code } };
}

function typesOf(status: number): readonly [anthropic: string, openAi: string] {
  return TYPES[status] ?? (status >= 500 ? FAILED : REFUSED);
}
