import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  moderationsReplySchema,
  moderationsRequestSchema,
  rerankReplySchema,
  rerankRequestSchema,
} from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';
import { DescribedCall } from '../docs/described-call.decorator';
import { callRouteOf } from '../routes/call-route-of';
import { withVersion } from '../routes/paths';

/** Handed on to an upstream that judges texts. */
@ApiTags('Judgements')
@Controller()
@UseGuards(ApiKeyGuard)
export class JudgementsController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post(withVersion('moderations'))
  @DescribedCall({ id: 'createModeration', summary: 'Whether a text is harmful', reply: moderationsReplySchema })
  moderate(
    @Body({ schema: moderationsRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('openai-moderations', request), request, reply);
  }

  @Post([...withVersion('rerank'), 'v2/rerank'])
  @DescribedCall({ id: 'rerank', summary: 'Documents in the order of their relevance', reply: rerankReplySchema })
  rerank(
    @Body({ schema: rerankRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('rerank', request), request, reply);
  }
}
