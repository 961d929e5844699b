import type { JsonObject } from '../json/json-value';
import type { AssistantReply, ReasoningContent } from '../reply/assistant-reply';
import type { ReplyContext, ReplyWriter } from '../reply/reply-codec.port';
import { CallItems, messageItem, reasoningItem, refusalPart, textPart } from './output-items';
import { endedResponse, incompleteReason, responseHead } from './response-object';
import { ResponsesStreamWriter } from './responses-stream-writer';

/**
 * Writes what the Responses API answers.
 * Source: https://platform.openai.com/docs/api-reference/responses/object
 */
export const responsesReplyWriter: ReplyWriter = {
  write(reply: AssistantReply, context: ReplyContext): JsonObject {
    const head = responseHead(reply.id, reply.created, context);
    return endedResponse(head, context, { ...reply, output: outputItems(reply, context) });
  },

  openStream: (context) => new ResponsesStreamWriter(context),
};

/** The content as items, in its order; what is said without a pause is one message. */
function outputItems({ content, stop }: AssistantReply, context: ReplyContext): JsonObject[] {
  const calls = new CallItems(context);
  const items: JsonObject[] = [];
  let parts: JsonObject[] | undefined;
  const say = (part: JsonObject): void => {
    if (parts === undefined) items.push(messageItem(`msg_${context.newId()}`, (parts = []), 'completed'));
    const last = parts.at(-1);
    if (typeof last?.['text'] === 'string' && typeof part['text'] === 'string') last['text'] += part['text'];
    else parts.push(part);
  };
  for (const piece of content) {
    if (piece.type === 'text') {
      if (piece.text !== '') say(textPart(piece.text));
    } else if (piece.type === 'refusal') {
      if (piece.text !== '') say(refusalPart(piece.text));
    } else {
      parts = undefined;
      if (piece.type === 'tool-call') items.push(calls.create(piece).item(piece.arguments || '{}', 'completed'));
      else if (saysSomething(piece)) items.push(reasoningItem(`rs_${context.newId()}`, piece));
    }
  }
  const last = items.at(-1);
  if (last?.['status'] !== undefined && incompleteReason(stop) !== undefined) last['status'] = 'incomplete';
  return items;
}

function saysSomething({ text, signature, redacted }: ReasoningContent): boolean {
  return text !== '' || Boolean(signature) || Boolean(redacted);
}
