import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { GatewaySettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import type { FastifyRequest } from 'fastify';
import { GATEWAY_SETTINGS } from '../settings';

/**
 * Lets only holders of a master key pass; to be put behind `ApiKeyGuard`, which finds out whose key it is.
 *
 * @throws SallyportError `wrong_key`
 */
@Injectable()
export class MasterKeyGuard implements CanActivate {
  private readonly masters: ReadonlySet<string>;

  constructor(@Inject(GATEWAY_SETTINGS) { masterKeys }: GatewaySettings) {
    this.masters = new Set(masterKeys.map((key) => key.fingerprint()));
  }

  canActivate(context: ExecutionContext): boolean {
    const { apiKey } = context.switchToHttp().getRequest<FastifyRequest>();
    if (apiKey !== undefined && this.masters.has(apiKey.fingerprint())) return true;
    throw new SallyportError('wrong_key', 'This call takes a master key');
  }
}
