import type { JsonNode, JsonStringNode } from '@sallyport/dialects';

/**
 * The literal that names a member of an object.
 *
 * @param from where the object begins, or where its member before this one ends
 * @param value of the member
 */
export function nameLiteral(text: string, from: number, value: JsonNode): JsonStringNode {
  // Between two members there is only a comma, the name and a colon, so these quotes are those of the name.
  return { type: 'string', start: text.indexOf('"', from), end: text.lastIndexOf('"', value.start - 1) + 1 };
}
