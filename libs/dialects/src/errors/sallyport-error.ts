/**
 * Every way in which Sallyport itself can refuse or fail a call. The platform's error filter gives each code its HTTP
 * status and its form in the caller's dialect; `docs/errors.md` lists them.
 */
export type ErrorCode =
  | 'invalid_json'
  | 'invalid_request'
  | 'unsupported_media_type'
  | 'body_too_large'
  | 'missing_key'
  | 'wrong_key'
  | 'rate_limited'
  | 'not_found'
  | 'route_refused'
  | 'blocked_by_policy'
  | 'model_not_found'
  | 'dialect_unsupported'
  | 'upstream_failed'
  | 'upstream_interrupted'
  | 'circuit_open'
  | 'deadline_exceeded'
  | 'conflict'
  | 'storage_full'
  | 'unavailable'
  | 'internal';

export interface SallyportErrorOptions {
  /** Path of the offending field, such as `messages.0.content`. */
  readonly param?: string;
  /** Whether the same call may succeed when it is sent again. */
  readonly retryable?: boolean;
  /** Seconds after which a new attempt makes sense; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/**
 * A failure with a stable code and a message that is safe to show: it never holds a secret, a prompt or a reply, and
 * it knows nothing of HTTP.
 */
export class SallyportError extends Error {
  readonly param: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: SallyportErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'SallyportError';
    this.param = options.param;
    this.retryable = options.retryable ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
