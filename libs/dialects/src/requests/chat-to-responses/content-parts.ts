import type { JsonObject } from '../../json/json-value';
import { at, malformed, optionalText, requiredObject, requiredText } from '../fields';
import { ruleOf, type ChatPart } from '../from-chat/read-parts';
import type { RequestTranslation } from '../request-translation';
import { CHAT_TO_RESPONSES_RULES } from './chat-to-responses.rules';

const { content: RULES } = CHAT_TO_RESPONSES_RULES;

/**
 * @param textType what a text is called: that of a model is its output
 * @throws SallyportError `dialect_unsupported` or `invalid_request` that names the part
 */
export function contentParts(
  parts: readonly ChatPart[],
  textType: 'input_text' | 'output_text',
  translation: RequestTranslation,
): JsonObject[] {
  return parts.flatMap((part): JsonObject[] => {
    const carried = translation.checkContent(RULES, ruleOf(part), part.value, part.path);
    return carried ? contentPart(part, textType) : [];
  });
}

function contentPart({ type, value, path }: ChatPart, textType: 'input_text' | 'output_text'): JsonObject[] {
  switch (type) {
    case 'image_url':
      return [inputImage(value, path)];
    case 'file':
      return [inputFile(value, path)];
    case 'refusal':
      return [refusalPart(requiredText(value, 'refusal', path), textType)];
    default:
      return textPart(requiredText(value, 'text', path), textType);
  }
}

function textPart(text: string, textType: 'input_text' | 'output_text'): JsonObject[] {
  return text === '' ? [] : [{ type: textType, text }];
}

/** Only a model refuses; in what others say it is a text. */
function refusalPart(refusal: string, textType: 'input_text' | 'output_text'): JsonObject {
  return textType === 'output_text' ? { type: 'refusal', refusal } : { type: textType, text: refusal };
}

function inputImage(part: JsonObject, path: string): JsonObject {
  const image = requiredObject(part, 'image_url', path);
  const imagePath = at(path, 'image_url');
  return {
    type: 'input_image',
    image_url: requiredText(image, 'url', imagePath),
    detail: optionalText(image, 'detail', imagePath) ?? 'auto',
  };
}

function inputFile(part: JsonObject, path: string): JsonObject {
  const file = requiredObject(part, 'file', path);
  const filePath = at(path, 'file');
  const members = ['filename', 'file_data', 'file_id'].flatMap((name) => {
    const value = optionalText(file, name, filePath);
    return value === undefined ? [] : [[name, value] as const];
  });
  const result = Object.fromEntries(members);
  if (result['file_data'] === undefined && result['file_id'] === undefined) {
    throw malformed(filePath, 'a file with file_data or file_id');
  }
  return { type: 'input_file', ...result };
}
