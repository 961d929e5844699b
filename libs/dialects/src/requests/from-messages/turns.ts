import { isObject, type JsonObject } from '../../json/json-value';
import { safeToolCallId } from '../../reply/tool-call-id';
import { malformed, optionalFlag, optionalObject, optionalText, requiredText } from '../fields';
import type { MessagesReading } from './messages-reading';
import { blocksOf, partsOf, textsOf, type Part, type PlacedBlock, type TextPart } from './parts';

/** One turn of a Messages conversation, in the given order, free of what the target cannot say. */
export type Turn =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly items: readonly UserItem[] }
  | { readonly role: 'assistant'; readonly items: readonly AssistantItem[] };

export type UserItem = Part | ToolResult;

export interface ToolResult {
  readonly type: 'result';
  readonly id: string;
  readonly parts: readonly Part[];
}

export type AssistantItem = TextPart | ToolCall | Thinking;

export interface ToolCall {
  readonly type: 'call';
  readonly id: string;
  readonly name: string;
  /** JSON text of an object. */
  readonly arguments: string;
}

export interface Thinking {
  readonly type: 'thinking';
  /** Empty when the model that thought it keeps it to itself. */
  readonly text: string;
  /** The signature, or the hidden thought itself; empty when there is none. */
  readonly proof: string;
}

/**
 * Reads the conversation.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request`, naming the block
 */
export function turnsOf(request: JsonObject, reading: MessagesReading): Turn[] {
  if (!Array.isArray(request.messages)) throw malformed('messages', 'a list');
  return request.messages.map((message: unknown, index) => {
    const path = `messages.${index}`;
    if (!isObject(message)) throw malformed(path, 'an object');
    return turnOf(message, path, reading);
  });
}

/** The texts of a system prompt, a blank line between them; empty when there are none. */
export function systemText(content: unknown, path: string, reading: MessagesReading): string {
  const texts = blocksOf(content, path).flatMap((placed) => textsOf(placed, reading));
  return texts
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n\n');
}

function turnOf(message: JsonObject, path: string, reading: MessagesReading): Turn {
  const at = `${path}.content`;
  switch (message.role) {
    case 'system':
      return { role: 'system', text: systemText(message.content, at, reading) };
    case 'user':
      return { role: 'user', items: blocksOf(message.content, at).flatMap((placed) => userItems(placed, reading)) };
    case 'assistant':
      return {
        role: 'assistant',
        items: blocksOf(message.content, at).flatMap((placed) => assistantItems(placed, reading)),
      };
    default:
      throw malformed(`${path}.role`, 'user, assistant or system');
  }
}

function userItems(placed: PlacedBlock, reading: MessagesReading): UserItem[] {
  const { type, block, path } = placed;
  if (type !== 'tool_result') return partsOf(placed, reading);
  if (!reading.takes('content', type, block, path)) return [];
  const content = block.content ?? [];
  const parts = blocksOf(content, `${path}.content`).flatMap((inner) => partsOf(inner, reading));
  const failed = optionalFlag(block, 'is_error', path) === true;
  const id = safeToolCallId(requiredText(block, 'tool_use_id', path));
  return [{ type: 'result', id, parts: failed ? markedAsError(parts) : parts }];
}

/** OpenAI's APIs have no flag for a failed tool: its text has to say so. */
function markedAsError(parts: readonly Part[]): Part[] {
  const first = parts.findIndex((part) => part.type === 'text' && part.text !== '');
  if (first === -1) return [{ type: 'text', text: 'Error' }, ...parts.filter((part) => part.type !== 'text')];
  return parts.map((part, index) =>
    index === first && part.type === 'text' ? { type: 'text', text: `Error: ${part.text}` } : part,
  );
}

function assistantItems(placed: PlacedBlock, reading: MessagesReading): AssistantItem[] {
  const { type, block, path } = placed;
  switch (type) {
    case 'tool_use':
      return reading.takes('content', type, block, path) ? [toolCall(block, path)] : [];
    case 'thinking':
    case 'redacted_thinking':
      return reading.takes('content', type, block, path) ? [thinking(type, block, path)] : [];
    default:
      return textsOf(placed, reading, 'content of the assistant');
  }
}

function toolCall(block: JsonObject, path: string): ToolCall {
  return {
    type: 'call',
    id: safeToolCallId(requiredText(block, 'id', path)),
    name: requiredText(block, 'name', path),
    arguments: JSON.stringify(optionalObject(block, 'input', path) ?? {}),
  };
}

function thinking(type: 'thinking' | 'redacted_thinking', block: JsonObject, path: string): Thinking {
  if (type === 'redacted_thinking') return { type: 'thinking', text: '', proof: requiredText(block, 'data', path) };
  const proof = optionalText(block, 'signature', path) ?? '';
  return { type: 'thinking', text: requiredText(block, 'thinking', path), proof };
}
