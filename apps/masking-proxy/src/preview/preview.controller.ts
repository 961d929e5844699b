import { Body, Controller, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Masker, type MaskedText } from '@sallyport/masking';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyRequest } from 'fastify';
import { MaskingKeys } from '../masking-key/masking-keys';
import { tenantOf } from '../scope/tenant';
import { previewReplySchema, previewSchema, type PreviewRequest } from './preview.schema';

@ApiTags('Masking')
@Controller('v1/mask')
@UseGuards(ApiKeyGuard)
export class PreviewController {
  constructor(
    @Inject(Masker) private readonly masker: Masker,
    @Inject(MaskingKeys) private readonly keys: MaskingKeys,
  ) {}

  /** Offsets of findings count UTF-16 units, as string indices of JavaScript and Java do. */
  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'maskTexts',
    summary: 'What masking makes of texts, and where it found something',
    description: 'Nobody is called. The tokens are those that the caller’s calls are masked with.',
  })
  @ApiOkResponse({ description: 'One result for each text', standardSchema: previewReplySchema })
  mask(
    @Body({ schema: previewSchema }) { text, texts }: PreviewRequest,
    @Req() request: FastifyRequest,
  ): { results: MaskedText[] } {
    const all = texts ?? (text === undefined ? [] : [text]);
    const scope = this.keys.scope(tenantOf(request));
    return { results: all.map((item) => this.masker.maskText(item, scope)) };
  }
}
