import { All, Controller, Inject, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SallyportError } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UpstreamClient } from '../forward/upstream-client';
import { isForOperators, pathOf } from '../routes/upstream-path';

/** Everything that has no route of its own. */
@ApiExcludeController()
@Controller()
@UseGuards(ApiKeyGuard)
export class PassthroughController {
  constructor(@Inject(UpstreamClient) private readonly upstream: UpstreamClient) {}

  /**
   * GET and HEAD carry no prompt: they reach the upstream as they are, such as the list of models. Whatever else may
   * carry text that nobody has declared is refused, never forwarded; so is what only operators may see.
   */
  @All('*')
  async pass(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new SallyportError('route_refused', 'This route cannot be masked and is not forwarded');
    }
    const path = pathOf(request.url);
    if (isForOperators(path)) throw new SallyportError('route_refused', 'Calls for operators are not forwarded');
    await this.upstream.relay(request, reply, path);
  }
}
