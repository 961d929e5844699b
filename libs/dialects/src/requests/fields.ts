import { SallyportError } from '../errors/sallyport-error';
import { isObject, type JsonObject } from '../json/json-value';

/**
 * A known field of a request that is not what the client's API says it is.
 *
 * @param path from the request to it, such as `messages.2.content.0.text`
 */
export function malformed(path: string, expected: string): SallyportError {
  return new SallyportError('invalid_request', `${path} must be ${expected}`, { param: path });
}

/**
 * Like all readers here, it takes an object that has only been checked for its outline.
 *
 * @param path of the object, empty for the request itself
 * @throws SallyportError `invalid_request` when the member is missing or no text
 */
export function requiredText(object: JsonObject, name: string, path: string): string {
  const value = object[name];
  if (typeof value !== 'string') throw malformed(at(path, name), 'a string');
  return value;
}

/** As `requiredText`, for a name: it may not be empty. */
export function requiredName(object: JsonObject, path: string): string {
  const name = requiredText(object, 'name', path);
  if (name === '') throw malformed(at(path, 'name'), 'a name');
  return name;
}

/**
 * @returns undefined when the member is absent or null, like all readers of what is optional
 * @throws SallyportError `invalid_request` when it is something else, like all of them
 */
export function optionalText(object: JsonObject, name: string, path = ''): string | undefined {
  return object[name] === undefined || object[name] === null ? undefined : requiredText(object, name, path);
}

export function optionalNumber(object: JsonObject, name: string, path = ''): number | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw malformed(at(path, name), 'a number');
  return value;
}

export function optionalFlag(object: JsonObject, name: string, path = ''): boolean | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw malformed(at(path, name), 'true or false');
  return value;
}

export function optionalObject(object: JsonObject, name: string, path = ''): JsonObject | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw malformed(at(path, name), 'an object');
  return value;
}

/** @throws SallyportError `invalid_request` when the member is missing or no object */
export function requiredObject(object: JsonObject, name: string, path: string): JsonObject {
  const value = object[name];
  if (!isObject(value)) throw malformed(at(path, name), 'an object');
  return value;
}

export function optionalList(object: JsonObject, name: string, path = ''): unknown[] | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw malformed(at(path, name), 'a list');
  return value as unknown[];
}

/** An object in a list, and its path. */
export interface PlacedObject {
  readonly value: JsonObject;
  readonly path: string;
}

/**
 * The objects of a list; none when it is absent or null.
 *
 * @param path of the list
 * @throws SallyportError `invalid_request` when it is no list, or has something else in it
 */
export function objectsOf(list: unknown, path: string): PlacedObject[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw malformed(path, 'a list');
  return list.map((entry: unknown, index) => {
    const entryPath = `${path}.${index}`;
    if (!isObject(entry)) throw malformed(entryPath, 'an object');
    return { value: entry, path: entryPath };
  });
}

/** The members that have a value: an absent field is left out, never sent as `undefined`. */
export function present<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

/** Path of a member. @param path of its object, empty for the request itself */
export function at(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
