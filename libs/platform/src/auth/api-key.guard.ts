import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Secret } from '@sallyport/config';
import type { FastifyRequest } from 'fastify';
import { provenKey } from './key-check';

/** Provider token of the keys that an app accepts: `Secret[]`. */
export const API_KEYS = Symbol('API_KEYS');

/**
 * Says on a controller that its routes take one of the app's keys, as `Authorization: Bearer`, `X-API-Key` or another
 * header that clients send keys in. The key was looked at when the request came; where it was not, it is looked at here.
 *
 * @throws SallyportError `missing_key` or `wrong_key`
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(@Inject(API_KEYS) private readonly keys: readonly Secret[]) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.apiKey ??= provenKey(request, this.keys);
    return true;
  }
}

/** What the app's modules provide as {@link API_KEYS}; an app without keys has public routes only. */
export function keysOf(app: NestFastifyApplication): readonly Secret[] {
  const modules = [...app.get(ModulesContainer).values()];
  return modules.flatMap((module) => (module.providers.get(API_KEYS)?.instance as Secret[] | undefined) ?? []);
}
