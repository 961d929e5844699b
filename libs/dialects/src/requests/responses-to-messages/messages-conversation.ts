import type { MessagesBlock, MessagesTextBlock, MessagesToolResult } from '../../anthropic-messages/messages-request';
import { isObject, parseJson, textOf } from '../../json/json-value';
import { openReasoning } from '../../reply/sealed-reasoning';
import { malformed } from '../fields';
import type { AssistantTurn, InputTurn, ToolCall, ToolResult, Utterance } from '../from-responses/read-input';
import type { InputPart } from '../from-responses/read-parts';
import type { RequestTranslation } from '../request-translation';
import { fileBlock, imageBlock, textBlock } from '../to-messages/content-blocks';
import { isSigned, type ThinkingBlock } from '../to-messages/signed-thinking';
import { plainText, TurnList } from '../to-messages/turn-list';
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
    if (turn.role === 'system') system.push(...turn.texts.flatMap(textBlock));
    else if (turn.role === 'user') turns.add('user', contentBlocks(turn.parts, translation));
    else {
      turns.add('assistant', assistantBlocks(turn));
      turns.add(
        'user',
        turn.results.map((result) => toolResult(result, translation)),
      );
    }
  }
  return { system, turns };
}

function assistantBlocks({ said, calls }: AssistantTurn): MessagesBlock[] {
  const spoken = said.flatMap(utteranceBlocks);
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

function utteranceBlocks(utterance: Utterance): (MessagesTextBlock | ThinkingBlock)[] {
  if (utterance.type === 'text') return textBlock(utterance.text);
  const sealed = openReasoning('anthropic-messages', textOf(utterance.item.encrypted_content) ?? '');
  return sealed !== undefined && isSigned(sealed) ? [sealed] : [];
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
        return [fileBlock(part.file.data ?? part.file.url ?? '', part.file.filename, `${part.path}.file_data`)];
      case 'audio':
        return [];
    }
  });
}

function checkDetail(detail: string, path: string, translation: RequestTranslation): void {
  translation.checkContent(RESPONSES_TO_MESSAGES_RULES.content, 'part: input_image.detail', detail, `${path}.detail`);
}
