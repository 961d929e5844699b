import { objectOf, textOf } from '../../json/json-value';
import type { ResponsesItem, ResponsesPart } from '../../openai-responses/responses-request';
import { openReasoning } from '../../reply/sealed-reasoning';
import { present } from '../fields';
import type { Part } from '../from-messages/parts';
import type { AssistantItem, Thinking, ToolCall, ToolResult, Turn, UserItem } from '../from-messages/turns';

/** One turn as input items; none when nothing of it is left. */
export function responsesItems(turn: Turn): ResponsesItem[] {
  switch (turn.role) {
    case 'system':
      return turn.text === ''
        ? []
        : [{ type: 'message', role: 'system', content: [{ type: 'input_text', text: turn.text }] }];
    case 'user':
      return userItems(turn.items);
    case 'assistant':
      return assistantItems(turn.items);
  }
}

/** Results come first, as close to their calls as they can be. */
function userItems(items: readonly UserItem[]): ResponsesItem[] {
  const outputs: ResponsesItem[] = [];
  const content: ResponsesPart[] = [];
  for (const item of items) {
    if (item.type !== 'result') content.push(inputPart(item));
    else outputs.push({ type: 'function_call_output', call_id: item.id, output: outputOf(item) });
  }
  return content.length === 0 ? outputs : [...outputs, { type: 'message', role: 'user', content }];
}

function outputOf({ parts }: ToolResult): string | ResponsesPart[] {
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join('\n') : parts.map(inputPart);
}

function inputPart(part: Part): ResponsesPart {
  switch (part.type) {
    case 'text':
      return { type: 'input_text', text: part.text };
    case 'image':
      return { type: 'input_image', image_url: part.url };
    case 'file':
      return part.url.startsWith('data:')
        ? { type: 'input_file', filename: part.filename, file_data: part.url }
        : { type: 'input_file', file_url: part.url };
  }
}

/** In the given order: a reasoning item has to stand directly before what it led to. */
function assistantItems(items: readonly AssistantItem[]): ResponsesItem[] {
  const written: ResponsesItem[] = [];
  let texts: ResponsesPart[] = [];
  for (const item of items) {
    if (item.type === 'text') {
      if (item.text === '') continue;
      if (texts.length === 0) written.push({ type: 'message', role: 'assistant', content: texts });
      texts.push({ type: 'output_text', text: item.text });
      continue;
    }
    const next = item.type === 'call' ? callItem(item) : reasoningItem(item);
    if (next === undefined) continue;
    written.push(next);
    texts = [];
  }
  return written;
}

function callItem({ id, name, arguments: args }: ToolCall): ResponsesItem {
  return { type: 'function_call', call_id: id, name, arguments: args };
}

/** Only what a Responses upstream thought itself means anything to it. */
function reasoningItem({ proof }: Thinking): ResponsesItem | undefined {
  const own = openReasoning('openai-responses', proof);
  if (own === undefined) return undefined;
  return present({
    type: 'reasoning' as const,
    id: textOf(own.id),
    summary: summaryOf(own.summary),
    encrypted_content: textOf(own.encrypted_content),
  });
}

/** The seal is no signature: a client may have changed what is in it. */
function summaryOf(summary: unknown): { type: 'summary_text'; text: string }[] {
  const parts: unknown[] = Array.isArray(summary) ? summary : [];
  return parts.flatMap((part) => {
    const text = textOf(objectOf(part).text);
    return text === undefined ? [] : [{ type: 'summary_text' as const, text }];
  });
}
