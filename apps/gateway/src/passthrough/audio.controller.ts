import { Body, Controller, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { speechRequestSchema, transcriptionReplySchema } from '@sallyport/dialects';
import { ApiKeyGuard } from '@sallyport/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallService } from '../call/call.service';
import { DescribedCall } from '../docs/described-call.decorator';
import { FormBody, MODEL_FIELD } from '../docs/form-body.decorator';
import { callRouteOf } from '../routes/call-route-of';
import { withVersion } from '../routes/paths';

const RECORDING = { type: 'binary', about: 'Recording' } as const;
const FORMAT = { type: 'string', about: '`json`, `text`, `srt`, `verbose_json` or `vtt`' } as const;

/** Handed on to an upstream that hears and speaks. */
@ApiTags('Audio')
@Controller()
@UseGuards(ApiKeyGuard)
export class AudioController {
  constructor(@Inject(CallService) private readonly calls: CallService) {}

  @Post(withVersion('audio/speech'))
  @ApiOkResponse({
    description: 'The recording',
    content: { 'audio/*': { schema: { type: 'string', format: 'binary' } } },
  })
  @DescribedCall({ id: 'createSpeech', summary: 'Speech from text' })
  speak(
    @Body({ schema: speechRequestSchema }) _body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.calls.handle(callRouteOf('openai-audio-speech', request), request, reply);
  }

  @Post(withVersion('audio/transcriptions'))
  @FormBody(
    {
      model: MODEL_FIELD,
      file: RECORDING,
      language: { type: 'string', about: 'ISO 639-1 code' },
      response_format: FORMAT,
    },
    ['file'],
  )
  @DescribedCall({
    id: 'createTranscription',
    summary: 'Text of a recording',
    reply: transcriptionReplySchema,
    streamed: true,
  })
  transcribe(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(callRouteOf('openai-audio-transcriptions', request), request, reply);
  }

  @Post(withVersion('audio/translations'))
  @FormBody({ model: MODEL_FIELD, file: RECORDING, response_format: FORMAT }, ['file'])
  @DescribedCall({
    id: 'createTranslation',
    summary: 'English text of a recording',
    reply: transcriptionReplySchema,
  })
  translate(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.calls.handle(callRouteOf('openai-audio-translations', request), request, reply);
  }
}
