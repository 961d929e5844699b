import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Secret } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { FastifyRequest } from 'fastify';

/** Provider token of the keys that {@link ApiKeyGuard} accepts: `Secret[]`. */
export const API_KEYS = Symbol('API_KEYS');

/**
 * Lets a request pass when it presents one of the app's keys as `Authorization: Bearer`, `X-API-Key`, `api-key` or
 * `x-litellm-api-key`.
 *
 * @throws SallyportError `missing_key` or `wrong_key`
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(@Inject(API_KEYS) private readonly keys: readonly Secret[]) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const presented = presentedKey(request);
    if (presented === undefined) {
      throw new SallyportError('missing_key', 'Send an API key as Authorization: Bearer or X-API-Key');
    }
    const key = this.keys.find((candidate) => candidate.matches(presented));
    if (key === undefined) throw new SallyportError('wrong_key', 'The API key is not valid');
    request.apiKey = key;
    return true;
  }
}

/** Headers that may carry the key; the first that is present counts. */
export const API_KEY_HEADERS = ['x-litellm-api-key', 'x-api-key', 'api-key', 'authorization'] as const;

function presentedKey(request: FastifyRequest): string | undefined {
  const name = API_KEY_HEADERS.find((header) => request.headers[header] !== undefined);
  const value = name && request.headers[name];
  return typeof value === 'string' ? value.replace(/^bearer\s+/i, '').trim() : undefined;
}
