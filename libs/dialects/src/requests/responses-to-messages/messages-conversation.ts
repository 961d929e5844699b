import type { MessagesBlock, MessagesTextBlock, MessagesToolResult } from '../../anthropic-messages/messages-request';
import { isObject, parseJson, textOf, type JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import { isTextDocument, mediaBlock, textBlock } from '../chat-to-messages/content-blocks';
import { plainText, TurnList } from '../chat-to-messages/turn-list';
import { malformed } from '../from-messages/fields';
import type { AssistantTurn, InputTurn, ToolCall, ToolResult, Utterance } from '../from-responses/read-input';
import type { InputFile, InputPart } from '../from-responses/read-parts';
import { openReasoning } from '../sealed-reasoning';
import { RESPONSES_TO_MESSAGES_RULES } from './responses-to-messages.rules';

export interface MessagesConversation {
  readonly system: MessagesTextBlock[];
  readonly turns: TurnList;
}

/**
 * Writes a conversation as Anthropic's turns.
 *
 * @throws SallyportError `invalid_request` for images, files and arguments that Anthropic would refuse
 */
export function messagesConversation(
  input: readonly InputTurn[],
  translation: RequestTranslation,
): MessagesConversation {
  const system: MessagesTextBlock[] = [];
  const turns = new TurnList();
  for (const turn of input) {
    if (turn.role === 'system') system.push(...textBlock(turn.texts.join('\n')));
    else if (turn.role === 'user') turns.add('user', contentBlocks(turn.parts, translation));
    else {
      turns.add('assistant', assistantBlocks(turn, translation));
      turns.add(
        'user',
        turn.results.map((result) => toolResult(result, translation)),
      );
    }
  }
  return { system, turns };
}

function assistantBlocks({ said, calls }: AssistantTurn, translation: RequestTranslation): MessagesBlock[] {
  const spoken = said.flatMap((utterance) => utteranceBlocks(utterance, translation));
  const isThinking = ({ type }: MessagesBlock): boolean => type !== 'text';
  // Thinking alone is no turn.
  if (calls.length === 0 && spoken.every(isThinking)) return [];
  // It may alternate with text, but a turn that has any must begin with it.
  const inOrder =
    spoken[0]?.type === 'text'
      ? [...spoken.filter(isThinking), ...spoken.filter((block) => !isThinking(block))]
      : spoken;
  return [...inOrder, ...calls.map(toolUse)];
}

function utteranceBlocks(utterance: Utterance, translation: RequestTranslation): (MessagesTextBlock | Thinking)[] {
  if (utterance.type === 'text') return textBlock(utterance.text);
  const sealed = openReasoning('anthropic-messages', textOf(utterance.item.encrypted_content) ?? '');
  if (sealed !== undefined && isSigned(sealed)) return [sealed];
  translation.drop(utterance.path);
  return [];
}

type Thinking = Extract<MessagesBlock, { type: 'thinking' | 'redacted_thinking' }>;

function isSigned(block: JsonObject): block is JsonObject & Thinking {
  if (block.type === 'redacted_thinking') return isFilled(block.data);
  return block.type === 'thinking' && typeof block.thinking === 'string' && isFilled(block.signature);
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function toolUse({ id, name, arguments: json, path }: ToolCall): MessagesBlock {
  const input = parseJson(json);
  if (!isObject(input)) throw malformed(`${path}.arguments`, 'the JSON text of an object');
  return { type: 'tool_use', id, name, input };
}

function toolResult({ id, parts }: ToolResult, translation: RequestTranslation): MessagesToolResult {
  const content = plainText(contentBlocks(parts, translation));
  return { type: 'tool_result', tool_use_id: id, ...(content.length > 0 && { content }) };
}

function contentBlocks(parts: readonly InputPart[], translation: RequestTranslation): MessagesBlock[] {
  return parts.flatMap((part): MessagesBlock[] => {
    switch (part.type) {
      case 'text':
        return textBlock(part.text);
      case 'image':
        if (part.detail !== undefined) checkDetail(part.detail, part.path, translation);
        return [imageBlock(part.url, `${part.path}.image_url`)];
      case 'file':
        return [fileBlock(part.file, `${part.path}.file_data`)];
      case 'audio':
        return [];
    }
  });
}

function checkDetail(detail: string, path: string, translation: RequestTranslation): void {
  translation.checkContent(RESPONSES_TO_MESSAGES_RULES.content, 'part: input_image.detail', detail, `${path}.detail`);
}

function imageBlock(url: string, path: string): MessagesBlock {
  if (/^https?:/i.test(url)) return { type: 'image', source: { type: 'url', url } };
  const block = mediaBlock(url, undefined);
  if (block !== undefined && !isTextDocument(block)) return block;
  throw malformed(path, 'an address, or a base64 data URL of a JPEG, PNG, GIF or WebP image');
}

function fileBlock({ filename, data = '', url }: InputFile, path: string): MessagesBlock {
  if (url !== undefined)
    return { type: 'document', source: { type: 'url', url }, ...(filename && { title: filename }) };
  // Some clients send the bare content, without saying what it is: most such files are PDFs.
  const block = mediaBlock(/^data:/i.test(data) ? data : `data:application/pdf;base64,${data}`, filename);
  if (block !== undefined) return block;
  throw malformed(path, 'a base64 data URL of a PDF, a plain text or an image');
}
