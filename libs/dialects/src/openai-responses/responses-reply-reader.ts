import { textOf, type JsonObject } from '../json/json-value';
import type { AssistantReply } from '../reply/assistant-reply';
import type { ReplyReader } from '../reply/reply-codec.port';
import { contentOfItem, createdAt, partsOf, stopReasonOf } from './responses-reply-content';
import { ResponsesStreamReader } from './responses-stream-reader';
import { responsesUsage } from './responses-usage';

/**
 * Reads what the Responses API answers.
 * Source: https://platform.openai.com/docs/api-reference/responses/object
 */
export const responsesReplyReader: ReplyReader = {
  read(body: JsonObject): AssistantReply {
    const content = partsOf(body['output']).flatMap(contentOfItem);
    const hasCalls = content.some(({ type }) => type === 'tool-call');
    return {
      id: textOf(body['id']) ?? '',
      created: createdAt(body),
      content,
      stop: stopReasonOf(body, hasCalls),
      usage: responsesUsage(body['usage']),
    };
  },

  openStream: () => new ResponsesStreamReader(),
};
