import type { Dialect } from '../dialect';
import { isObject, parseJson, type JsonObject } from '../json/json-value';

/**
 * An upstream's proof of its reasoning has to travel through a client that speaks another dialect and come back
 * unchanged. It is wrapped into one opaque text that says where it came from.
 *
 * @param origin dialect of the upstream that made `payload`
 */
export function sealReasoning(origin: Dialect, payload: JsonObject): string {
  return `${origin}:${Buffer.from(JSON.stringify(payload)).toString('base64')}`;
}

/** @returns what was sealed; undefined when `text` is no seal of that origin */
export function openReasoning(origin: Dialect, text: string): JsonObject | undefined {
  const mark = `${origin}:`;
  if (!text.startsWith(mark)) return undefined;
  const payload = parseJson(Buffer.from(text.slice(mark.length), 'base64').toString('utf8'));
  return isObject(payload) ? payload : undefined;
}
