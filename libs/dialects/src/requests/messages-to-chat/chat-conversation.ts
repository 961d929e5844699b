import type { ChatAssistantMessage, ChatContentPart, ChatMessage } from '../../openai-chat/chat-request';
import { isReasoningModel } from '../../openai-chat/openai-models';
import type { Part } from '../from-messages/parts';
import type { AssistantItem, ToolResult, Turn, UserItem } from '../from-messages/turns';
import type { RequestTranslation } from '../request-translation';
import { plainContent } from '../to-chat/chat-content';

/**
 * Writes turns as chat messages. OpenAI wants every tool message directly behind the message with the calls, so what
 * else a user says waits until the results are told, even those of a later turn.
 */
export class ChatConversation {
  private readonly messages: ChatMessage[] = [];
  private readonly systemRole: 'system' | 'developer';
  /** The last assistant message has calls: what is no tool message goes to `later`. */
  private awaitsResults = false;
  private later: ChatMessage[] = [];
  /** The last message, when it has calls: another assistant turn continues it, else the calls would be unanswered. */
  private open: ChatAssistantMessage | undefined;

  constructor(private readonly translation: RequestTranslation) {
    this.systemRole = isReasoningModel(translation.model) ? 'developer' : 'system';
  }

  /** The messages so far. Call it once, at the end. */
  finish(): ChatMessage[] {
    this.tellLater();
    return this.messages;
  }

  add(turn: Turn): void {
    if (turn.role === 'system') this.addSystem(turn.text);
    else if (turn.role === 'user') this.addUser(turn.items);
    else this.addAssistant(turn.items);
  }

  addSystem(text: string): void {
    if (text !== '') this.push({ role: this.systemRole, content: text });
  }

  private addUser(items: readonly UserItem[]): void {
    for (const item of items) {
      if (item.type !== 'result') continue;
      this.messages.push({ role: 'tool', tool_call_id: item.id, content: textIn(item) });
      this.open = undefined;
    }
    // Tool messages hold text only: images and files of a result are shown by the user.
    const parts = items.flatMap((item) => (item.type === 'result' ? item.parts.filter(isNoText) : [item]));
    if (parts.length > 0) this.push({ role: 'user', content: plainContent(parts.map(chatPart)) });
  }

  private addAssistant(items: readonly AssistantItem[]): void {
    const message: ChatAssistantMessage = this.open ?? { role: 'assistant', content: null };
    for (const item of items) {
      if (item.type === 'text') message.content = (message.content ?? '') + item.text;
      else if (item.type === 'thinking') this.addReasoning(message, item.text);
      else {
        (message.tool_calls ??= []).push({
          id: item.id,
          type: 'function',
          function: { name: item.name, arguments: item.arguments },
        });
      }
    }
    if (message.tool_calls !== undefined && message.content === '') message.content = null;
    if (message !== this.open) this.begin(message);
  }

  private addReasoning(message: ChatAssistantMessage, text: string): void {
    const field = this.translation.traits.reasoningField;
    if (field === undefined || text === '') return;
    message[field] = message[field] === undefined ? text : `${message[field]}\n\n${text}`;
  }

  private begin(message: ChatAssistantMessage): void {
    // Without text and calls nothing is left that an upstream would accept.
    if (message.content === null && message.tool_calls === undefined) return;
    this.tellLater();
    this.messages.push(message);
    this.awaitsResults = message.tool_calls !== undefined;
    this.open = this.awaitsResults ? message : undefined;
  }

  private tellLater(): void {
    for (const message of this.later) this.messages.push(message);
    this.later = [];
  }

  private push(message: ChatMessage): void {
    this.open = undefined;
    (this.awaitsResults ? this.later : this.messages).push(message);
  }
}

function textIn({ parts }: ToolResult): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

function isNoText(part: Part): boolean {
  return part.type !== 'text';
}

function chatPart(part: Part): ChatContentPart {
  switch (part.type) {
    case 'text':
      return part;
    case 'image':
      return { type: 'image_url', image_url: { url: part.url } };
    case 'file':
      return { type: 'file', file: { filename: part.filename, file_data: part.url } };
  }
}
