import { Body, Controller, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { messagesRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MaskedCallService } from './masked-call.service';

@ApiTags('Messages')
@Controller('v1/messages')
@UseGuards(ApiKeyGuard)
export class MessagesController {
  constructor(@Inject(MaskedCallService) private readonly calls: MaskedCallService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'createMessage', summary: 'Anthropic message, masked on the way out, restored back' })
  create(
    @Body({ schema: messagesRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('anthropic-messages', '/v1/messages', request, reply);
  }

  @Post('count_tokens')
  @HttpCode(200)
  @ApiOperation({ operationId: 'countTokens', summary: 'Token count of the masked message' })
  count(
    @Body({ schema: messagesRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle('anthropic-messages', '/v1/messages/count_tokens', request, reply);
  }
}
