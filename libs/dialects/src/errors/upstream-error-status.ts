import { numberOf, objectOf, textOf, type JsonObject } from '../json/json-value';

/** HTTP statuses that the types and codes of an error stand for, in the words of several vendors. */
const STATUS: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  invalid_request: 400,
  invalid_prompt: 400,
  bad_request: 400,
  badrequesterror: 400,
  invalid_argument: 400,
  context_length_exceeded: 400,
  authentication_error: 401,
  invalid_api_key: 401,
  unauthenticated: 401,
  unauthorized: 401,
  billing_error: 402,
  payment_required: 402,
  permission_error: 403,
  permission_denied: 403,
  forbidden: 403,
  not_found_error: 404,
  not_found: 404,
  model_not_found: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  insufficient_quota: 429,
  resource_exhausted: 429,
  requests: 429,
  tokens: 429,
  api_error: 500,
  server_error: 500,
  internal_server_error: 500,
  internal: 500,
  bad_gateway: 502,
  service_unavailable: 503,
  service_unavailable_error: 503,
  unavailable: 503,
  timeout: 504,
  timeout_error: 504,
  deadline_exceeded: 504,
  overloaded_error: 529,
  overloaded: 529,
};

/**
 * The HTTP status that an error names in its body, for errors that have no status of their own.
 *
 * @param error the innermost object, with `code`, `status` or `type`
 * @returns undefined when it names none
 */
export function statusInBody(error: JsonObject): number | undefined {
  for (const key of ['code', 'status', 'status_code', 'http_code', 'type']) {
    const status = statusOf(error[key]);
    if (status !== undefined) return status;
  }
  return undefined;
}

function statusOf(value: unknown): number | undefined {
  const text = textOf(value)?.trim().toLowerCase();
  if (text !== undefined && Object.hasOwn(STATUS, text)) return STATUS[text];
  const status = text === undefined ? numberOf(value) : Number(text);
  return Number.isInteger(status) && status >= 400 && status < 600 ? status : undefined;
}

/** The first error object there is in `body`: its `error`, that of its first element, or itself. */
export function errorObject(body: unknown): JsonObject {
  const outer = objectOf(Array.isArray(body) ? body[0] : body);
  const inner = objectOf(outer['error']);
  return Object.keys(inner).length > 0 ? inner : outer;
}
