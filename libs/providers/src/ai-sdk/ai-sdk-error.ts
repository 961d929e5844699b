import {
  isObject,
  objectOf,
  parseJson,
  readUpstreamError,
  SallyportError,
  textOf,
  type UpstreamError,
} from '@sallyport/dialects';
import { errorReply } from '../chat/made-reply';
import type { HttpHeaders, HttpReply } from '../http/http.port';

/**
 * What became of a call that a package of the AI SDK gave up on.
 *
 * @returns the vendor's refusal, with its status and message
 * @throws SallyportError what the network threw; `dialect_unsupported` when the package knows that the vendor cannot
 * take the request; else `upstream_failed` (retryable). The reason of the signal, when it is aborted.
 */
export function refusalOf(error: unknown, signal: AbortSignal): HttpReply {
  const own = ownErrorIn(error);
  if (own !== undefined) throw own;
  signal.throwIfAborted();
  const refused = httpErrorIn(error);
  if (refused !== undefined) {
    const { status, body, headers } = refused;
    return errorReply(readUpstreamError(status, body), headers);
  }
  throw failureOf(error);
}

/** Why reading a stream failed: what the network threw, the reason of an aborted signal, or that nothing more came. */
export function interruptionOf(error: unknown, signal: AbortSignal): unknown {
  const own = ownErrorIn(error);
  if (own !== undefined) return own;
  if (signal.aborted) return signal.reason;
  return new SallyportError('upstream_interrupted', 'The upstream’s stream broke off', {
    retryable: true,
    cause: error,
  });
}

/** What an error inside a stream says. @throws SallyportError what the network threw */
export function streamError(error: unknown, status = 0): UpstreamError {
  const own = ownErrorIn(error);
  if (own !== undefined) throw own;
  const refused = httpErrorIn(error);
  if (refused !== undefined) return readUpstreamError(refused.status, refused.body);
  return readUpstreamError(
    status,
    error instanceof Error ? { message: 'The upstream sent what cannot be read' } : error,
  );
}

/** An error of this project that a package has wrapped. */
function ownErrorIn(error: unknown): SallyportError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof SallyportError) return at;
  return undefined;
}

function httpErrorIn(error: unknown): { status: number; body: unknown; headers: HttpHeaders } | undefined {
  if (!(error instanceof Error) || error.name !== 'AI_APICallError') return undefined;
  const { statusCode, responseBody, responseHeaders } = error as Error & Record<string, unknown>;
  if (typeof statusCode !== 'number' || statusCode < 400) return undefined;
  const text = textOf(responseBody) ?? '';
  const headers = objectOf(responseHeaders) as Record<string, string>;
  return { status: statusCode, body: parseJson(text) ?? text, headers };
}

function failureOf(error: unknown): SallyportError {
  const { name, functionality } = isObject(error) ? error : {};
  if (name === 'AI_UnsupportedFunctionalityError') {
    const what = textOf(functionality)?.slice(0, 200) ?? 'something in this request';
    return new SallyportError('dialect_unsupported', `This model’s upstream cannot take: ${what}`, { cause: error });
  }
  if (name === 'AI_InvalidArgumentError') {
    return new SallyportError('dialect_unsupported', 'This model’s upstream cannot take these settings', {
      cause: error,
    });
  }
  // Google's library has no name for its errors but that of their class.
  const isLogin = error instanceof Error && error.constructor.name === 'GaxiosError';
  const message = isLogin
    ? 'The upstream gave no access token for the credential'
    : 'The upstream’s reply cannot be used';
  return new SallyportError('upstream_failed', message, { retryable: true, cause: error });
}
