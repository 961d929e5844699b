import { Body, Controller, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { KeyRing, Masker, type MaskedText } from '@sallyport/masking';
import { ApiKeyGuard } from '@sallyport/platform';
import { previewSchema, type PreviewRequest } from './preview.schema';

@ApiTags('Masking')
@Controller('v1/mask')
@UseGuards(ApiKeyGuard)
export class PreviewController {
  constructor(
    @Inject(Masker) private readonly masker: Masker,
    @Inject(KeyRing) private readonly keys: KeyRing,
  ) {}

  /** Offsets of findings count UTF-16 units, as string indices of JavaScript and Java do. */
  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'maskTexts', summary: 'What masking makes of texts, and where it found something' })
  mask(@Body({ schema: previewSchema }) { text, texts }: PreviewRequest): { results: MaskedText[] } {
    const all = texts ?? (text === undefined ? [] : [text]);
    return { results: all.map((item) => this.masker.maskText(item, this.keys.scope(''))) };
  }
}
