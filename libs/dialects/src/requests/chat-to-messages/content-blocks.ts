import type { MessagesBlock, MessagesTextBlock } from '../../anthropic-messages/messages-request';
import type { JsonObject } from '../../json/json-value';
import { at, optionalObject, optionalText, requiredObject, requiredText } from '../fields';
import { ruleOf, type ChatPart } from '../from-chat/read-parts';
import type { RequestTranslation } from '../request-translation';
import { fileBlock, imageBlock, textBlock } from '../to-messages/content-blocks';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';

const { content: RULES } = CHAT_TO_MESSAGES_RULES;

/**
 * Content of a user's, an assistant's or a tool's message.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the part
 */
export function contentBlocks(parts: readonly ChatPart[], translation: RequestTranslation): MessagesBlock[] {
  return parts.flatMap((part): MessagesBlock[] => {
    if (!translation.checkContent(RULES, ruleOf(part), part.value, part.path)) return [];
    return withCacheControl(partBlocks(part, translation), part.value, part.path);
  });
}

/** Content of a system or developer message. */
export function textBlocks(parts: readonly ChatPart[], translation: RequestTranslation): MessagesTextBlock[] {
  return parts.flatMap((part): MessagesTextBlock[] => {
    if (part.type !== 'text') {
      translation.checkContent(RULES, 'part of a system message: other', part.value, part.path);
      return [];
    }
    return withCacheControl(textBlock(requiredText(part.value, 'text', part.path)), part.value, part.path);
  });
}

/** Puts a source's `cache_control` on the last of its blocks. */
export function withCacheControl<Block extends MessagesBlock>(
  blocks: readonly Block[],
  source: JsonObject,
  path: string,
): Block[] {
  const cacheControl = optionalObject(source, 'cache_control', path);
  const last = blocks.at(-1);
  if (cacheControl === undefined || last === undefined) return [...blocks];
  return [...blocks.slice(0, -1), { ...last, cache_control: cacheControl }];
}

function partBlocks({ type, value, path }: ChatPart, translation: RequestTranslation): MessagesBlock[] {
  if (value['prompt_cache_breakpoint'] !== undefined) {
    const breakpoint = value['prompt_cache_breakpoint'];
    translation.checkContent(RULES, 'part: prompt_cache_breakpoint', breakpoint, at(path, 'prompt_cache_breakpoint'));
  }
  if (type === 'image_url') return imageBlocks(value, path, translation);
  if (type === 'file') return fileBlocks(value, path, translation);
  return textBlock(requiredText(value, type === 'refusal' ? 'refusal' : 'text', path));
}

function imageBlocks(part: JsonObject, path: string, translation: RequestTranslation): MessagesBlock[] {
  const image = requiredObject(part, 'image_url', path);
  const imagePath = at(path, 'image_url');
  const detail = optionalText(image, 'detail', imagePath);
  if (detail !== undefined) {
    translation.checkContent(RULES, 'part: image_url.detail', detail, at(imagePath, 'detail'));
  }
  return [imageBlock(requiredText(image, 'url', imagePath), at(imagePath, 'url'))];
}

function fileBlocks(part: JsonObject, path: string, translation: RequestTranslation): MessagesBlock[] {
  const file = requiredObject(part, 'file', path);
  const filePath = at(path, 'file');
  const data = optionalText(file, 'file_data', filePath);
  if (data !== undefined) {
    return [fileBlock(data, optionalText(file, 'filename', filePath), at(filePath, 'file_data'))];
  }
  const id = requiredText(file, 'file_id', filePath);
  translation.checkContent(RULES, 'part: file.file_id', id, at(filePath, 'file_id'));
  return [];
}
