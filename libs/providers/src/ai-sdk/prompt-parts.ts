import {
  at,
  malformed,
  optionalText,
  parseDataUrl,
  requiredObject,
  requiredText,
  textOf,
  type ChatPart,
  type RequestTranslation,
} from '@sallyport/dialects';
import type { PromptMessage } from './ai-models';
import { AI_SDK_CONTENT } from './ai-sdk.rules';

/** One piece of what a user says. */
export type UserPart = Extract<PromptMessage, { role: 'user' }>['content'][number];
type FilePart = Extract<UserPart, { type: 'file' }>;

/**
 * Translates one part of a user's message.
 *
 * @returns undefined when it is left out
 * @throws SallyportError `dialect_unsupported`, `invalid_request`
 */
export function userPart(part: ChatPart, translation: RequestTranslation): UserPart | undefined {
  const { type, value, path } = part;
  const kind = Object.hasOwn(AI_SDK_CONTENT, `part: ${type}`) ? type : 'other';
  if (!translation.checkContent(AI_SDK_CONTENT, `part: ${kind}`, value, path)) return undefined;
  switch (type) {
    case 'text':
    case 'refusal':
      return { type: 'text', text: requiredText(value, type, path) };
    case 'image_url':
      return imagePart(part);
    case 'input_audio':
      return audioPart(part);
    default:
      return filePart(part, translation);
  }
}

/** Older clients give the address itself. */
function imagePart({ value, path }: ChatPart): FilePart {
  const image = value['image_url'];
  const param = at(path, 'image_url.url');
  const url = textOf(image) ?? requiredText(requiredObject(value, 'image_url', path), 'url', at(path, 'image_url'));
  if (!/^(?:https?|gs|s3):\/\//i.test(url)) return fromDataUrl(url, param);
  const address = URL.parse(url);
  if (address === null) throw malformed(param, 'a data URL in base64 or an address');
  return { type: 'file', mediaType: mediaTypeOf(address), data: address };
}

/** Vendors want to know the type of an image before they have seen it. */
function mediaTypeOf({ pathname }: URL): string {
  const [, extension = ''] = /\.(\w+)$/.exec(pathname.toLowerCase()) ?? [];
  const known: Readonly<Record<string, string>> = { jpg: 'jpeg', jpeg: 'jpeg', png: 'png', gif: 'gif', webp: 'webp' };
  return `image/${Object.hasOwn(known, extension) ? known[extension] : '*'}`;
}

function audioPart({ value, path }: ChatPart): FilePart {
  const audio = requiredObject(value, 'input_audio', path);
  const data = requiredText(audio, 'data', at(path, 'input_audio'));
  const format = requiredText(audio, 'format', at(path, 'input_audio'));
  return { type: 'file', mediaType: `audio/${format}`, data: Buffer.from(data, 'base64') };
}

function filePart({ value, path }: ChatPart, translation: RequestTranslation): UserPart | undefined {
  const file = requiredObject(value, 'file', path);
  const data = textOf(file['file_data']);
  if (data === undefined && file['file_id'] === undefined) throw malformed(at(path, 'file.file_data'), 'a data URL');
  if (data === undefined) {
    translation.refuse(at(path, 'file.file_id'), AI_SDK_CONTENT['part: file.file_id']?.note ?? '');
    return undefined;
  }
  const filename = optionalText(file, 'filename', at(path, 'file'));
  return { ...fromDataUrl(data, at(path, 'file.file_data')), ...(filename !== undefined && { filename }) };
}

/** Images stay in base64; anything else becomes bytes, because a package takes a string for the text of a document. */
function fromDataUrl(url: string, param: string): FilePart {
  const content = parseDataUrl(url);
  if (content === undefined) throw malformed(param, 'a data URL in base64');
  const { mediaType, data } = content;
  return { type: 'file', mediaType, data: mediaType.startsWith('image/') ? data : Buffer.from(data, 'base64') };
}
