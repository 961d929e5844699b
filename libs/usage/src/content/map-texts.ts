import { isObject, MAX_JSON_DEPTH, type JsonObject } from '@sallyport/dialects';

/**
 * What stands in a record for one text.
 *
 * @param name of the member that holds the text, or holds the list in which it is; empty for a text of its own
 * @param owner the object with that member
 */
export type TextMap = (text: string, name: string, owner: JsonObject | undefined) => string;

const TOO_DEEP = '[nested too deeply]';

/**
 * Replaces the texts of a JSON value. Only what changes is copied; the given value stays as it is. What is nested more
 * deeply than {@link MAX_JSON_DEPTH} is left out, for it could not be written as JSON.
 */
export function mapTexts(value: unknown, map: TextMap): unknown {
  return mapValue(value, { map, name: '', owner: undefined }, 0);
}

/** A value of which all can be visited recursively and written as JSON. */
export function limitDepth(value: unknown): unknown {
  return mapTexts(value, (text) => text);
}

export function mapObjectTexts(value: JsonObject, map: TextMap): JsonObject {
  return mapMembers(value, map, 0);
}

interface Place {
  readonly map: TextMap;
  readonly name: string;
  readonly owner: JsonObject | undefined;
}

function mapValue(value: unknown, place: Place, depth: number): unknown {
  if (typeof value === 'string') return place.map(value, place.name, place.owner);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_JSON_DEPTH) return TOO_DEEP;
  if (Array.isArray(value)) return mapItems(value, place, depth);
  return isObject(value) ? mapMembers(value, place.map, depth) : value;
}

function mapItems(items: readonly unknown[], place: Place, depth: number): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, item] of items.entries()) {
    const mapped = mapValue(item, place, depth + 1);
    if (mapped === item) continue;
    copy ??= [...items];
    copy[index] = mapped;
  }
  return copy ?? items;
}

function mapMembers(owner: JsonObject, map: TextMap, depth: number): JsonObject {
  let copy: JsonObject | undefined;
  for (const name of Object.keys(owner)) {
    const mapped = mapValue(owner[name], { map, name, owner }, depth + 1);
    if (mapped === owner[name]) continue;
    copy ??= { ...owner };
    copy[name] = mapped;
  }
  return copy ?? owner;
}
