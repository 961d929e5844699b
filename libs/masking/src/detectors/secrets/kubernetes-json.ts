import type { Span } from '../span';

interface JsonObject {
  /** Name of the member whose value the object is. */
  readonly name: string | undefined;
  readonly parent: JsonObject | undefined;
  secret: boolean;
  readonly values: Span[];
}

const DATA_MEMBERS: ReadonlySet<string | undefined> = new Set(['data', 'stringData']);
const PUNCTUATION = /[{}"]/g;
const DEEPEST = 256;

/**
 * Values of the `data` and `stringData` of Secrets in JSON, wherever it stands in a text: in prose, in an annotation
 * or in the output of a command. Reads strings and braces only, so text that is no JSON does no harm.
 */
export function jsonSecretValues(text: string): Span[] {
  const found: Span[] = [];
  let object: JsonObject | undefined;
  let depth = 0;
  let name: string | undefined;
  for (PUNCTUATION.lastIndex = 0; PUNCTUATION.test(text);) {
    const at = PUNCTUATION.lastIndex - 1;
    if (text[at] === '{') {
      object = depth < DEEPEST ? { name, parent: object, secret: false, values: [] } : undefined;
      depth = object === undefined ? 0 : depth + 1;
      name = undefined;
    } else if (text[at] === '}') {
      if (object?.secret === true) for (const value of object.values) found.push(value);
      object = object?.parent;
      depth = Math.max(0, depth - 1);
      name = undefined;
    } else {
      const end = endOfString(text, at + 1);
      PUNCTUATION.lastIndex = end + 1;
      name = readString(text, { start: at + 1, end }, object, name);
    }
  }
  return found;
}

/** @returns the name of a member, when the string is one */
function readString(
  text: string,
  span: Span,
  object: JsonObject | undefined,
  name: string | undefined,
): string | undefined {
  if (/^\s{0,8}:/.test(text.slice(span.end + 1, span.end + 10)))
    return text.slice(span.start, Math.min(span.end, span.start + 64));
  if (object === undefined || name === undefined) return undefined;
  if (name === 'kind') object.secret = text.slice(span.start, span.end).toLowerCase() === 'secret';
  if (DATA_MEMBERS.has(object.name)) object.parent?.values.push(span);
  return undefined;
}

/** Where a string ends, or its line when it does not. */
function endOfString(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22 || unit === 0x0a) return at;
    if (unit === 0x5c) at += 1;
  }
  return text.length;
}
