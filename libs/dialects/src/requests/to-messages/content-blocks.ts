import type { MessagesBlock, MessagesTextBlock } from '../../anthropic-messages/messages-request';
import { parseDataUrl } from '../data-url';
import { malformed } from '../fields';

const IMAGES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);

/** A text block. Nothing for white space, which Anthropic refuses. */
export function textBlock(text: string): MessagesTextBlock[] {
  return text.trim() === '' ? [] : [{ type: 'text', text }];
}

/**
 * An image by its address or as a data URL; a PDF becomes a document.
 *
 * @param path of `url`, for the error
 * @throws SallyportError `invalid_request` for what Anthropic cannot read
 */
export function imageBlock(url: string, path: string): MessagesBlock {
  if (isAddress(url)) return { type: 'image', source: { type: 'url', url } };
  const block = mediaBlock(url, undefined);
  if (block !== undefined && !isTextDocument(block)) return block;
  throw malformed(path, 'an address, or a base64 data URL of a JPEG, PNG, GIF or WebP image');
}

/**
 * A file by its address, as a data URL, or as bare base64.
 *
 * @param path of `content`, for the error
 * @throws SallyportError `invalid_request` for what Anthropic cannot read
 */
export function fileBlock(content: string, filename: string | undefined, path: string): MessagesBlock {
  if (isAddress(content)) {
    return { type: 'document', source: { type: 'url', url: content }, ...(filename && { title: filename }) };
  }
  // Some clients send the bare content, without saying what it is: most such files are PDFs.
  const block = mediaBlock(/^data:/i.test(content) ? content : `data:application/pdf;base64,${content}`, filename);
  if (block !== undefined) return block;
  throw malformed(path, 'a base64 data URL of a PDF, a plain text or an image');
}

function isAddress(url: string): boolean {
  return /^https?:/i.test(url);
}

/** @returns undefined when `url` is no data URL of a kind that Anthropic reads */
function mediaBlock(url: string, title: string | undefined): MessagesBlock | undefined {
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

function isTextDocument(block: MessagesBlock): boolean {
  return block.type === 'document' && block.source.type === 'text';
}
