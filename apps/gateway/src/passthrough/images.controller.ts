import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { imagesReplySchema, imagesRequestSchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';
import { DescribedCall } from '../docs/described-call.decorator';
import { FormBody, MODEL_FIELD } from '../docs/form-body.decorator';
import { callRouteOf } from '../routes/call-route-of';
import { withVersion } from '../routes/paths';

/** Handed on to an upstream that makes images. */
@ApiTags('Images')
@Controller()
@UseGuards(ApiKeyGuard)
export class ImagesController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post(withVersion('images/generations'))
  @DescribedCall({
    id: 'createImage',
    summary: 'Images from a description',
    reply: imagesReplySchema,
    streamed: true,
  })
  generate(
    @Body({ schema: imagesRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('openai-images-generations', request), request, reply);
  }

  @Post(withVersion('images/edits'))
  @FormBody(
    {
      model: MODEL_FIELD,
      prompt: { type: 'string', about: 'What the image shows' },
      image: { type: 'binary', about: 'Image to change' },
      mask: { type: 'binary', about: 'Image whose transparent parts say where' },
    },
    ['prompt', 'image'],
  )
  @DescribedCall({ id: 'editImage', summary: 'Changes to an image', reply: imagesReplySchema, streamed: true })
  edit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(callRouteOf('openai-images-edits', request), request, reply);
  }

  @Post(withVersion('images/variations'))
  @FormBody({ model: MODEL_FIELD, image: { type: 'binary', about: 'Image to vary' } }, ['image'])
  @DescribedCall({ id: 'varyImage', summary: 'Variations of an image', reply: imagesReplySchema })
  vary(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(callRouteOf('openai-images-variations', request), request, reply);
  }
}
