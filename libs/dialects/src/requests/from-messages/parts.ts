import { isObject, type JsonObject } from '../../json/json-value';
import { dataUrl } from '../data-url';
import { malformed, optionalText, requiredObject, requiredText } from '../fields';
import type { ContentGroup, MessagesReading } from './messages-reading';

/** What a user or a tool can say, in the few forms that OpenAI's APIs know. */
export type Part =
  | TextPart
  | { readonly type: 'image'; readonly url: string }
  /** `url` is a data URL, or an address where the pair carries one. */
  | { readonly type: 'file'; readonly filename: string; readonly url: string };

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/** A block of content and where it stands. */
export interface PlacedBlock {
  readonly type: string;
  readonly block: JsonObject;
  readonly path: string;
}

const DEFAULT_FILENAME = 'document.pdf';

const PART_READERS = new Map<string, (placed: PlacedBlock, reading: MessagesReading) => Part[]>([
  ['text', ({ block, path }) => [{ type: 'text', text: requiredText(block, 'text', path) }]],
  ['image', imageParts],
  ['document', documentParts],
  ['search_result', searchResultParts],
  ['tool_reference', ({ block, path }) => [{ type: 'text', text: requiredText(block, 'tool_name', path) }]],
  ['compaction', compactionParts],
]);

/** @throws SallyportError `invalid_request` when `content` is neither text nor a list of blocks */
export function blocksOf(content: unknown, path: string): PlacedBlock[] {
  if (typeof content === 'string') return [{ type: 'text', block: { text: content }, path }];
  if (!Array.isArray(content)) throw malformed(path, 'a string or a list of blocks');
  return content.map((block: unknown, index) => {
    const at = `${path}.${index}`;
    if (!isObject(block)) throw malformed(at, 'an object');
    return { type: requiredText(block, 'type', at), block, path: at };
  });
}

/**
 * What a block of a user or a tool says: nothing when the rules leave it out, several parts for a document.
 *
 * @throws SallyportError `dialect_unsupported`, or `invalid_request` for a block that is broken or out of its place
 */
export function partsOf(placed: PlacedBlock, reading: MessagesReading, group: ContentGroup = 'content'): Part[] {
  const { type, block, path } = placed;
  if (!reading.takes(group, type, block, path)) return [];
  const read = PART_READERS.get(type);
  if (read === undefined) throw malformed(`${path}.type`, 'a kind of block that may stand here');
  return read(placed, reading);
}

/** As `partsOf`, for places where only text may stand. */
export function textsOf(placed: PlacedBlock, reading: MessagesReading, group?: ContentGroup): TextPart[] {
  return partsOf(placed, reading, group).map((part) => {
    if (part.type !== 'text') throw malformed(`${placed.path}.type`, 'a kind of block that may stand here');
    return part;
  });
}

function imageParts({ block, path }: PlacedBlock, reading: MessagesReading): Part[] {
  const source = requiredObject(block, 'source', path);
  const at = `${path}.source`;
  const kind = requiredText(source, 'type', at);
  if (!reading.takes('image source', kind, source, at)) return [];
  return [{ type: 'image', url: kind === 'base64' ? inlineUrl(source, at) : requiredText(source, 'url', at) }];
}

function documentParts({ block, path }: PlacedBlock, reading: MessagesReading): Part[] {
  const source = requiredObject(block, 'source', path);
  const at = `${path}.source`;
  const kind = requiredText(source, 'type', at);
  if (!reading.takes('document source', kind, source, at)) return [];
  const context = optionalText(block, 'context', path);
  const parts: Part[] = context === undefined ? [] : [{ type: 'text', text: context }];
  const title = optionalText(block, 'title', path);
  if (kind === 'base64' || kind === 'url') {
    const url = kind === 'base64' ? inlineUrl(source, at) : requiredText(source, 'url', at);
    return [...parts, { type: 'file', filename: title || DEFAULT_FILENAME, url }];
  }
  // Only a file has a name.
  if (title !== undefined) reading.translation.drop(`${path}.title`);
  if (kind === 'text') return [...parts, { type: 'text', text: requiredText(source, 'data', at) }];
  return [...parts, ...blocksInside(source.content, `${at}.content`).flatMap((inner) => partsOf(inner, reading))];
}

/** The blocks of a document or a search result, which hold no others of their kind. */
function blocksInside(content: unknown, path: string): PlacedBlock[] {
  const blocks = blocksOf(content, path);
  const nested = blocks.find(({ type }) => type === 'document' || type === 'search_result');
  if (nested !== undefined) throw malformed(`${nested.path}.type`, 'a kind of block that may stand here');
  return blocks;
}

function inlineUrl(source: JsonObject, path: string): string {
  return dataUrl({ mediaType: requiredText(source, 'media_type', path), data: requiredText(source, 'data', path) });
}

function searchResultParts({ block, path }: PlacedBlock, reading: MessagesReading): Part[] {
  const texts = blocksInside(block.content, `${path}.content`).flatMap((inner) => textsOf(inner, reading));
  const lines = [requiredText(block, 'title', path), requiredText(block, 'source', path), ...texts.map((t) => t.text)];
  return [{ type: 'text', text: lines.join('\n') }];
}

/** The summary that stands for earlier turns; a failed compaction has none and means nothing. */
function compactionParts({ block, path }: PlacedBlock): Part[] {
  const summary = optionalText(block, 'content', path);
  return summary === undefined ? [] : [{ type: 'text', text: summary }];
}
