import {
  at,
  KEPT_ELSEWHERE,
  malformed,
  parseDataUrl,
  requiredObject,
  requiredText,
  SallyportError,
  textOf,
  type ChatPart,
  type JsonObject,
  type RequestTranslation,
} from '@sallyport/dialects';
import type { LaasLimits } from './laas-limits';
import { LAAS_CONTENT } from './laas.rules';
import { countPdfPages } from './pdf-pages';

/** Images that LaaS takes. Whether the bytes are what they are called, it sees itself. */
const IMAGES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png']);
const PDF = 'application/pdf';

/**
 * Translates one part of a message and checks it against what LaaS takes.
 *
 * @returns undefined when the part is left out
 * @throws SallyportError `dialect_unsupported` that names the part, `invalid_request` when it is malformed
 */
export async function laasPart(
  part: ChatPart,
  limits: LaasLimits,
  translation: RequestTranslation,
): Promise<JsonObject | undefined> {
  const { type, value, path } = part;
  const kind = Object.hasOwn(LAAS_CONTENT, type) ? type : 'other';
  if (!translation.checkContent(LAAS_CONTENT, kind, value, path)) return undefined;
  switch (type) {
    case 'text':
    case 'refusal':
      return { type: 'text', text: requiredText(value, type, path) };
    case 'image_url':
      return fromUrl(imageUrl(part), at(path, 'image_url.url'), limits);
    case 'document':
      return fromUrl(
        requiredText(requiredObject(value, 'document_url', path), 'url', at(path, 'document_url')),
        at(path, 'document_url.url'),
        limits,
      );
    default:
      return fromFile(part, limits, translation);
  }
}

/** Older clients give the address itself. */
function imageUrl({ value, path }: ChatPart): string {
  const image = value['image_url'];
  return textOf(image) ?? requiredText(requiredObject(value, 'image_url', path), 'url', at(path, 'image_url'));
}

async function fromFile(
  { value, path }: ChatPart,
  limits: LaasLimits,
  translation: RequestTranslation,
): Promise<JsonObject | undefined> {
  const file = requiredObject(value, 'file', path);
  const data = textOf(file['file_data']);
  if (data !== undefined) return fromUrl(data, at(path, 'file.file_data'), limits);
  if (file['file_id'] === undefined) throw malformed(at(path, 'file.file_data'), 'a data URL');
  translation.refuse(at(path, 'file.file_id'), KEPT_ELSEWHERE);
  return undefined;
}

async function fromUrl(url: string, param: string, limits: LaasLimits): Promise<JsonObject> {
  const isImage = param.endsWith('image_url.url');
  if (isImage && /^https?:\/\//i.test(url)) return { type: 'image_url', image_url: { url } };
  const content = parseDataUrl(url);
  if (content === undefined)
    throw malformed(param, isImage ? 'a data URL in base64 or an http(s) address' : 'a data URL in base64');
  const bytes = Buffer.from(content.data, 'base64');
  if (content.mediaType === PDF) {
    await checkDocument(bytes, param, limits);
    return { type: 'document', document_url: { url: `data:${PDF};base64,${content.data}` } };
  }
  const mediaType = content.mediaType === 'image/jpg' ? 'image/jpeg' : content.mediaType;
  checkImage(bytes, mediaType, param, limits);
  return { type: 'image_url', image_url: { url: `data:${mediaType};base64,${content.data}` } };
}

function checkImage(bytes: Buffer, mediaType: string, param: string, { imageBytes }: LaasLimits): void {
  if (!IMAGES.has(mediaType)) {
    throw unsupported(param, `LaaS takes JPEG and PNG images and PDF documents, not ${mediaType.slice(0, 64)}`);
  }
  if (bytes.length > imageBytes) throw unsupported(param, `LaaS takes images of at most ${size(imageBytes)}`);
}

async function checkDocument(bytes: Buffer, param: string, limits: LaasLimits): Promise<void> {
  if (bytes.length > limits.documentBytes) {
    throw unsupported(param, `LaaS takes documents of at most ${size(limits.documentBytes)}`);
  }
  const pages = await countPdfPages(bytes);
  // Where the pages cannot be told, LaaS decides.
  if (pages !== undefined && pages > limits.documentPages) {
    throw unsupported(param, `LaaS takes documents of at most ${limits.documentPages} pages, this one has ${pages}`);
  }
}

function size(bytes: number): string {
  const megabytes = bytes / (1024 * 1024);
  return Number.isInteger(megabytes) ? `${megabytes} MB` : `${bytes} bytes`;
}

function unsupported(param: string, message: string): SallyportError {
  return new SallyportError('dialect_unsupported', message, { param });
}
