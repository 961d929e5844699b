import type { ChatContentPart } from '../../openai-chat/chat-request';

/** A plain text instead of a list of parts, where nothing is lost by it. */
export function plainContent(parts: ChatContentPart[]): string | ChatContentPart[] {
  const [first] = parts;
  return parts.length === 1 && first?.type === 'text' ? first.text : parts;
}
