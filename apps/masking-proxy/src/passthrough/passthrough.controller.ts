import { Readable } from 'node:stream';
import { All, Controller, Inject, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SallyportError } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { returnHeaders } from '../forward/forwarded-headers';
import { UpstreamClient } from '../forward/upstream-client';

/** Everything that has no route of its own. */
@ApiExcludeController()
@Controller()
@UseGuards(ApiKeyGuard)
export class PassthroughController {
  constructor(@Inject(UpstreamClient) private readonly upstream: UpstreamClient) {}

  /**
   * GET and HEAD carry no prompt: they reach the upstream as they are, such as the list of models. Whatever else may
   * carry text that nobody has declared is refused, never forwarded.
   */
  @All('*')
  async pass(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new SallyportError('route_refused', 'This route cannot be masked and is not forwarded');
    }
    const answer = await this.upstream.send(request, reply, pathOf(request.url));
    returnHeaders(answer.headers, reply.status(answer.status), true);
    await reply.send(Readable.from(answer.body, { objectMode: false }));
  }
}

/** A target that is no path (`http://host/path`, `@host`) must not reach the place where the upstream's host stands. */
function pathOf(target: string): string {
  const [path = '/'] = target.split('?', 1);
  return path.startsWith('/') ? path : (URL.parse(path)?.pathname ?? '/');
}
