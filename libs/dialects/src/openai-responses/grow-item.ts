import { isObject, numberOf, textOf, type JsonObject } from '../reply/json-value';

/** Where the delta of an event belongs: a field of the item, or a field of one part in one of its lists. */
type Place = { readonly field: string } & Partial<{ list: string; index: string; part: string }>;

const PLACES: Readonly<Record<string, Place>> = {
  'response.output_text.delta': { field: 'text', list: 'content', index: 'content_index', part: 'output_text' },
  'response.refusal.delta': { field: 'refusal', list: 'content', index: 'content_index', part: 'refusal' },
  'response.reasoning_text.delta': { field: 'text', list: 'content', index: 'content_index', part: 'reasoning_text' },
  'response.reasoning_summary_text.delta': {
    field: 'text',
    list: 'summary',
    index: 'summary_index',
    part: 'summary_text',
  },
  'response.function_call_arguments.delta': { field: 'arguments' },
  'response.custom_tool_call_input.delta': { field: 'input' },
};

/** Adds the delta of an event to the output item that it belongs to; any other event leaves the item as it is. */
export function growItem(item: JsonObject, type: string, event: JsonObject): void {
  const place = PLACES[type];
  const delta = textOf(event['delta']);
  if (place === undefined || delta === undefined) return;
  const { field, list, index, part } = place;
  const owner = list === undefined ? item : partAt(item, list, numberOf(event[index ?? '']), part ?? '');
  owner[field] = (textOf(owner[field]) ?? '') + delta;
}

function partAt(item: JsonObject, list: string, index: number, type: string): JsonObject {
  const parts: unknown[] = Array.isArray(item[list]) ? item[list] : (item[list] = []);
  const known = parts[index];
  if (isObject(known)) return known;
  const part = { type };
  parts.push(part);
  return part;
}
