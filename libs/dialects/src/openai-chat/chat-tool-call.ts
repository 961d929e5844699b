import { isObject, textOf } from '../json/json-value';

/** Arguments as JSON text. Servers that send an object mean the same; an empty text stays empty. */
export function argumentsText(value: unknown): string {
  return isObject(value) ? JSON.stringify(value) : (textOf(value) ?? '');
}
