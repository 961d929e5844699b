import { z } from 'zod';

/** What is known of a speech request. Source: https://platform.openai.com/docs/api-reference/audio/createSpeech */
export const speechRequestSchema = z
  .looseObject({
    model: z.string().min(1).optional().describe('Model or model group, as listed by /v1/models'),
    input: z.string().describe('What is to be said'),
    voice: z.unknown().optional().describe('Name of the voice, or an object that names one'),
    response_format: z.string().nullish().describe('`mp3`, `opus`, `aac`, `flac`, `wav` or `pcm`'),
    speed: z.number().nullish(),
  })
  .meta({ id: 'SpeechRequest', example: { model: 'mock', input: 'Hello', voice: 'alloy' } });

/** A transcription or translation, for the documentation. */
export const transcriptionReplySchema = z
  .looseObject({ text: z.string() })
  .meta({ id: 'Transcription', example: { text: 'Hello' } });
