import { isObject, textOf, type JsonObject } from '../../json/json-value';
import type {
  ChatAssistantMessage,
  ChatContentPart,
  ChatMessage,
  ChatToolMessage,
} from '../../openai-chat/chat-request';
import { malformed } from '../fields';
import type { AssistantTurn, InputTurn, ToolResult, Utterance } from '../from-responses/read-input';
import type { InputPart } from '../from-responses/read-parts';
import type { RequestTranslation } from '../request-translation';
import { plainContent } from '../to-chat/chat-content';

/**
 * Writes a conversation as chat messages. What a tool gave besides text goes into the user's message behind all
 * results, for a tool's message holds text only.
 *
 * @throws SallyportError `invalid_request` for reasoning that is none
 */
export function chatMessages(turns: readonly InputTurn[], translation: RequestTranslation): ChatMessage[] {
  const messages: ChatMessage[] = [];
  let hoisted: ChatContentPart[] = [];
  const say = (parts: readonly ChatContentPart[]): void => {
    const all = [...hoisted, ...parts];
    hoisted = [];
    if (all.length > 0) messages.push({ role: 'user', content: plainContent(all) });
  };
  for (const turn of turns) {
    if (turn.role === 'user') {
      say(turn.parts.map(contentPart));
      continue;
    }
    say([]);
    if (turn.role === 'system') {
      messages.push(...systemMessage(turn.texts.join('\n\n')));
      continue;
    }
    messages.push(...assistantMessage(turn, translation));
    for (const result of turn.results) messages.push(toolMessage(result));
    hoisted = turn.results.flatMap(({ parts }) => parts.filter(({ type }) => type !== 'text').map(contentPart));
  }
  say([]);
  return messages;
}

/** Nothing for an empty text. */
export function systemMessage(text: string): ChatMessage[] {
  return text === '' ? [] : [{ role: 'system', content: text }];
}

function contentPart(part: InputPart): ChatContentPart {
  switch (part.type) {
    case 'text':
      return part;
    case 'image':
      return { type: 'image_url', image_url: { url: part.url, ...(part.detail && { detail: part.detail }) } };
    case 'audio':
      return { type: 'input_audio', input_audio: part.audio };
    case 'file': {
      const { filename, data } = part.file;
      return { type: 'file', file: { ...(filename && { filename }), ...(data !== undefined && { file_data: data }) } };
    }
  }
}

function assistantMessage({ said, calls }: AssistantTurn, translation: RequestTranslation): ChatMessage[] {
  const reasoning = reasoningOf(said, translation);
  const texts = said.flatMap((utterance) => (utterance.type === 'text' ? [utterance.text] : []));
  if (texts.length === 0 && calls.length === 0) return [];
  const message: ChatAssistantMessage = {
    role: 'assistant',
    content: texts.length === 0 ? null : texts.join('\n\n'),
    ...reasoning,
    ...(calls.length > 0 && {
      tool_calls: calls.map((call) => ({
        id: call.id,
        type: 'function',
        function: { name: call.name, arguments: call.arguments },
      })),
    }),
  };
  return [message];
}

/** Reasoning of earlier turns, for upstreams that welcome it; none for any other. */
function reasoningOf(said: readonly Utterance[], translation: RequestTranslation): Partial<ChatAssistantMessage> {
  const field = translation.traits.reasoningField;
  const thoughts = said.flatMap((utterance) => {
    if (utterance.type === 'text') return [];
    const { item, path } = utterance;
    const text = field === undefined ? '' : reasoningText(item, path);
    return text === '' ? [] : [text];
  });
  return field === undefined || thoughts.length === 0 ? {} : { [field]: thoughts.join('\n\n') };
}

/** The reasoning itself when the client has it, else its summary. */
function reasoningText(item: JsonObject, path: string): string {
  for (const name of ['content', 'summary']) {
    const parts = item[name] ?? [];
    if (!Array.isArray(parts)) throw malformed(`${path}.${name}`, 'a list');
    const texts = parts.map((part: unknown) => (isObject(part) ? (textOf(part.text) ?? '') : ''));
    const text = texts.filter((part) => part !== '').join('\n\n');
    if (text !== '') return text;
  }
  return '';
}

function toolMessage({ id, parts }: ToolResult): ChatToolMessage {
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return { role: 'tool', tool_call_id: id, content: texts.join('\n') };
}
