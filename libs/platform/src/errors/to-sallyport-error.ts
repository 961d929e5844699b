import { HttpException } from '@nestjs/common';
import { SallyportError } from '@sallyport/dialects';
import { shownPath } from '../bootstrap/request-path';

/** What Fastify calls the failures of its body handling. */
const FASTIFY_CODES: Readonly<Record<string, () => SallyportError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new SallyportError('body_too_large', 'The request body is larger than allowed'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new SallyportError('unsupported_media_type', 'The body must be sent as content-type: application/json'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new SallyportError('invalid_request', 'The body is not as long as content-length says'),
};

/**
 * Gives any failure a code. What is not known is `internal`, with a message that says nothing of its cause.
 */
export function toSallyportError(error: unknown): SallyportError {
  if (error instanceof SallyportError) return error;
  const known = FASTIFY_CODES[codeOf(error)];
  if (known !== undefined) return known();
  if (error instanceof HttpException && error.getStatus() === 404) {
    // Nest names the target, whose query may hold a key.
    return new SallyportError('not_found', shownPath(error.message));
  }
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status >= 400 && status < 500) return new SallyportError('invalid_request', (error as Error).message);
  return new SallyportError('internal', 'Something went wrong on our side', { cause: error });
}

function codeOf(error: unknown): string {
  // Nest wraps what Fastify throws and keeps the original as the cause.
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  const known = code ?? cause?.code;
  return typeof known === 'string' ? known : '';
}

function statusOf(error: unknown): number {
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' ? status : 500;
}
