import { isObject, numberOf, objectOf, textOf, type JsonObject } from '../json/json-value';
import type { ReplyContent, StopReason } from '../reply/assistant-reply';
import { sealReasoning } from '../reply/sealed-reasoning';

/** Between the parts of a reasoning summary, which other dialects know as one text. */
export const SUMMARY_SEPARATOR = '\n\n';

/** What one output item says. Items of tools that the upstream runs itself say nothing to clients of other dialects. */
export function contentOfItem(item: JsonObject): ReplyContent[] {
  switch (item['type']) {
    case 'message':
      return messageParts(item).flatMap(contentOfPart);
    case 'function_call':
    case 'custom_tool_call':
      return [
        { type: 'tool-call', id: callId(item), name: textOf(item['name']) ?? '', arguments: callArguments(item) },
      ];
    case 'reasoning':
      return contentOfReasoning(item);
    default:
      return [];
  }
}

/** The objects in a list of parts; none when it is no list. */
export function partsOf(list: unknown): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** A message's parts; a few upstreams write a single text instead. */
export function messageParts(item: JsonObject): JsonObject[] {
  const text = textOf(item['content']);
  return text === undefined ? partsOf(item['content']) : [{ type: 'output_text', text }];
}

/** The id by which a tool call and its result meet. */
export function callId(item: JsonObject): string {
  return textOf(item['call_id']) ?? textOf(item['id']) ?? '';
}

/** A call's arguments as JSON text. A custom tool takes free text, which becomes the argument `input`. */
export function callArguments(item: JsonObject): string {
  if (item['type'] === 'custom_tool_call') return JSON.stringify({ input: textOf(item['input']) ?? '' });
  const given = item['arguments'];
  return isObject(given) ? JSON.stringify(given) : textOf(given) || '{}';
}

/** The reasoning of an item under seal, so that it can come back to this upstream; undefined when it has none. */
export function reasoningSeal(item: JsonObject): string | undefined {
  const encrypted = textOf(item['encrypted_content']);
  if (!encrypted) return undefined;
  const { id, summary } = item;
  return sealReasoning('openai-responses', { id, summary: partsOf(summary), encrypted_content: encrypted });
}

/** Why a response ended. @param hasCalls whether it calls a tool of the client */
export function stopReasonOf(response: JsonObject, hasCalls: boolean): StopReason {
  if (response['status'] === 'incomplete') {
    return objectOf(response['incomplete_details'])['reason'] === 'content_filter' ? 'refusal' : 'length';
  }
  return hasCalls ? 'tool-calls' : 'end';
}

/** Seconds since the epoch, also of an upstream that counts milliseconds. */
export function createdAt(response: JsonObject): number | undefined {
  const created = numberOf(response['created_at']);
  if (created <= 0) return undefined;
  return Math.floor(created > LATEST_SECONDS ? created / 1000 : created);
}

/** No clock that counts seconds is past this: it is the year 5138. */
const LATEST_SECONDS = 1e11;

function contentOfPart(part: JsonObject): ReplyContent[] {
  const refusal = textOf(part['refusal']);
  if (part['type'] === 'refusal') return refusal ? [{ type: 'refusal', text: refusal }] : [];
  const text = textOf(part['text']);
  return part['type'] === 'output_text' && text ? [{ type: 'text', text }] : [];
}

/** A summary is what the upstream wants to be shown; a few show the reasoning itself instead. */
function contentOfReasoning(item: JsonObject): ReplyContent[] {
  const texts = (list: unknown): string[] => partsOf(list).map((part) => textOf(part['text']) ?? '');
  const summary = texts(item['summary']).join(SUMMARY_SEPARATOR);
  const text = summary || texts(item['content']).join('');
  const signature = reasoningSeal(item);
  return text || signature ? [{ type: 'reasoning', text, signature }] : [];
}
