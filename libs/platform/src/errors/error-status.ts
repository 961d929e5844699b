import type { ErrorCode } from '@sallyport/dialects';

/** HTTP status of each error code; `docs/errors.md` shows the same table. */
export const ERROR_STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid_json: 422,
  invalid_request: 422,
  unsupported_media_type: 415,
  body_too_large: 413,
  missing_key: 401,
  wrong_key: 401,
  rate_limited: 429,
  not_found: 404,
  route_refused: 404,
  blocked_by_policy: 403,
  model_not_found: 404,
  dialect_unsupported: 400,
  upstream_failed: 502,
  upstream_interrupted: 502,
  circuit_open: 503,
  deadline_exceeded: 504,
  conflict: 409,
  storage_full: 507,
  unavailable: 503,
  internal: 500,
};
