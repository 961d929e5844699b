import { isObject, numberOf, textOf, type JsonObject } from '../json/json-value';

/** A list of parts in an item, the field of an event that holds the part's index, and the part's type. */
type PartPlace = readonly [list: 'content' | 'summary', index: string, type: string];

/** Where the delta of an event belongs: a field of the item, or of one part in a list of the item. */
const PLACES: ReadonlyMap<string, { readonly field: string; readonly part?: PartPlace }> = new Map([
  ['response.output_text.delta', { field: 'text', part: ['content', 'content_index', 'output_text'] }],
  ['response.refusal.delta', { field: 'refusal', part: ['content', 'content_index', 'refusal'] }],
  ['response.reasoning_text.delta', { field: 'text', part: ['content', 'content_index', 'reasoning_text'] }],
  ['response.reasoning_summary_text.delta', { field: 'text', part: ['summary', 'summary_index', 'summary_text'] }],
  ['response.function_call_arguments.delta', { field: 'arguments' }],
  ['response.custom_tool_call_input.delta', { field: 'input' }],
]);

/** Adds the delta of an event to the output item that it belongs to; any other event leaves the item as it is. */
export function growItem(item: JsonObject, type: string, event: JsonObject): void {
  const place = PLACES.get(type);
  const delta = textOf(event['delta']);
  if (place === undefined || delta === undefined) return;
  const owner = place.part === undefined ? item : partAt(item, place.part, event);
  owner[place.field] = (textOf(owner[place.field]) ?? '') + delta;
}

function partAt(item: JsonObject, [list, index, type]: PartPlace, event: JsonObject): JsonObject {
  const parts: unknown[] = Array.isArray(item[list]) ? item[list] : (item[list] = []);
  const known = parts[numberOf(event[index])];
  if (isObject(known)) return known;
  const part = { type };
  parts.push(part);
  return part;
}
