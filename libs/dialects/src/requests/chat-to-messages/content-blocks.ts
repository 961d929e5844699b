import type { MessagesBlock, MessagesTextBlock } from '../../anthropic-messages/messages-request';
import type { JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import { parseDataUrl } from '../data-url';
import { malformed, optionalObject, optionalText, requiredObject, requiredText } from '../from-messages/fields';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';
import { at, type ChatPart } from './read-chat';

const { content: RULES } = CHAT_TO_MESSAGES_RULES;
const PARTS = new Set(['text', 'refusal', 'image_url', 'file', 'input_audio']);
const IMAGES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);

/**
 * Content of a user's, an assistant's or a tool's message.
 *
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the part
 */
export function contentBlocks(parts: readonly ChatPart[], translation: RequestTranslation): MessagesBlock[] {
  return parts.flatMap((part): MessagesBlock[] => {
    const kind = PARTS.has(part.type) ? part.type : 'other';
    if (!translation.checkContent(RULES, `part: ${kind}`, part.value, part.path)) return [];
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

/** A text block. Nothing for white space, which Anthropic refuses. */
export function textBlock(text: string): MessagesTextBlock[] {
  return text.trim() === '' ? [] : [{ type: 'text', text }];
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
  const url = requiredText(image, 'url', imagePath);
  if (image['detail'] !== undefined && image['detail'] !== null) {
    translation.checkContent(RULES, 'part: image_url.detail', image['detail'], at(imagePath, 'detail'));
  }
  if (/^https?:/i.test(url)) return [{ type: 'image', source: { type: 'url', url } }];
  const block = mediaBlock(url, undefined);
  if (block === undefined || isTextDocument(block)) {
    throw malformed(at(imagePath, 'url'), 'an address, or a base64 data URL of a JPEG, PNG, GIF or WebP image');
  }
  return [block];
}

function fileBlocks(part: JsonObject, path: string, translation: RequestTranslation): MessagesBlock[] {
  const file = requiredObject(part, 'file', path);
  const filePath = at(path, 'file');
  const data = optionalText(file, 'file_data', filePath);
  if (data === undefined) {
    const id = requiredText(file, 'file_id', filePath);
    translation.checkContent(RULES, 'part: file.file_id', id, at(filePath, 'file_id'));
    return [];
  }
  const title = optionalText(file, 'filename', filePath);
  if (/^https?:/i.test(data))
    return [{ type: 'document', source: { type: 'url', url: data }, ...(title && { title }) }];
  // Some clients send the bare content, without saying what it is: most such files are PDFs.
  const url = /^data:/i.test(data) ? data : `data:application/pdf;base64,${data}`;
  const block = mediaBlock(url, title);
  if (block !== undefined) return [block];
  throw malformed(at(filePath, 'file_data'), 'a base64 data URL of a PDF, a plain text or an image');
}

/** @returns undefined when `url` is no data URL of a kind that Anthropic reads */
export function mediaBlock(url: string, title: string | undefined): MessagesBlock | undefined {
  const parsed = parseDataUrl(url);
  if (parsed === undefined) return undefined;
  const { data } = parsed;
  // A name that many programs use for image/jpeg.
  const mediaType = parsed.mediaType === 'image/jpg' ? 'image/jpeg' : parsed.mediaType;
  if (IMAGES.has(mediaType)) return { type: 'image', source: { type: 'base64', media_type: mediaType, data } };
  const titled = title === undefined || title === '' ? {} : { title };
  if (mediaType === 'application/pdf') {
    return { type: 'document', source: { type: 'base64', media_type: mediaType, data }, ...titled };
  }
  if (!mediaType.startsWith('text/')) return undefined;
  const text = Buffer.from(data, 'base64').toString('utf8');
  return { type: 'document', source: { type: 'text', media_type: 'text/plain', data: text }, ...titled };
}

export function isTextDocument(block: MessagesBlock): boolean {
  return block.type === 'document' && block.source.type === 'text';
}
