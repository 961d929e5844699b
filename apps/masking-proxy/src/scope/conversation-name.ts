import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isObject, textOf, type JsonObject } from '@sallyport/dialects';

/** Headers by which coding agents name their conversation: Claude Code's, and those of Codex over time. */
const CONVERSATION_HEADERS = ['x-claude-code-session-id', 'session_id', 'session-id', 'conversation_id'] as const;

/** A name that the client gives its conversation; undefined when it gives none. */
export function givenConversation(headers: IncomingHttpHeaders, body: JsonObject): string | undefined {
  for (const name of CONVERSATION_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return nameOf('session', value);
  }
  const stored = storedConversationOf(body);
  return stored === undefined ? undefined : nameOf('conversation', stored);
}

/** The id of a conversation that the upstream keeps, as the Responses API names one. */
export function storedConversationOf({ conversation }: JsonObject): string | undefined {
  return idIn(isObject(conversation) ? conversation['id'] : conversation);
}

/** The response that a request carries on from. */
export function previousResponseOf({ previous_response_id: id }: JsonObject): string | undefined {
  return idIn(id);
}

/**
 * A conversation without a name is known by how it was opened: what its user said first. Not by what stands before
 * that, as all conversations of one app begin with the same instructions.
 *
 * @param fallback what stands for a conversation in which no user says anything
 */
export function openedConversation({ messages, input }: JsonObject, fallback: string): string {
  const opening = openingIn(Array.isArray(messages) ? messages : input);
  return nameOf('opening', opening ?? fallback);
}

function openingIn(turns: unknown): string | undefined {
  if (!Array.isArray(turns)) return textOf(turns);
  const first: unknown = turns.find((turn) => isObject(turn) && turn['role'] === 'user');
  return isObject(first) ? textIn(first['content']) : undefined;
}

/** Only the text: clients move marks such as `cache_control` along from turn to turn. */
function textIn(content: unknown): string | undefined {
  if (!Array.isArray(content)) return textOf(content);
  return content.map((part) => (isObject(part) ? (textOf(part['text']) ?? '') : '')).join('\0');
}

function idIn(value: unknown): string | undefined {
  const id = textOf(value);
  return id === '' ? undefined : id;
}

/** Of one length, whatever the client sends. */
function nameOf(source: string, text: string): string {
  return createHash('sha256').update(`${source}\0${text}`).digest('base64url');
}
