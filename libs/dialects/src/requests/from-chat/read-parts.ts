import type { JsonObject } from '../../json/json-value';
import { at, objectsOf, requiredText, type PlacedObject } from '../fields';

/** Kinds of parts that the rules of a pair name; anything else is `part: other`. */
const KINDS = ['text', 'refusal', 'image_url', 'file', 'input_audio'];

/** One piece of a message's content; a plain string counts as one text part. */
export interface ChatPart extends PlacedObject {
  readonly type: string;
}

/** @param path of the message that has the content */
export function partsOf(message: JsonObject, path: string): ChatPart[] {
  const { content } = message;
  const contentPath = at(path, 'content');
  if (typeof content === 'string') {
    return [{ type: 'text', value: { type: 'text', text: content }, path: contentPath }];
  }
  return objectsOf(content, contentPath).map(({ value, path: partPath }) => ({
    type: requiredText(value, 'type', partPath),
    value,
    path: partPath,
  }));
}

/** Name of the rule for a part. */
export function ruleOf({ type }: ChatPart): string {
  return `part: ${KINDS.includes(type) ? type : 'other'}`;
}
