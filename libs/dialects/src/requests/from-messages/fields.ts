import { SallyportError } from '../../errors/sallyport-error';
import { isObject, type JsonObject } from '../../reply/json-value';

/** A known field of a Messages request that is not what the API says it is. */
export function malformed(path: string, expected: string): SallyportError {
  return new SallyportError('invalid_request', `${path} must be ${expected}`, { param: path });
}

/** @throws SallyportError `invalid_request` when the member is missing or no text */
export function requiredText(object: JsonObject, name: string, path: string): string {
  const value = object[name];
  if (typeof value !== 'string') throw malformed(join(path, name), 'a string');
  return value;
}

/** @returns undefined when the member is absent or null, like all readers below */
export function optionalText(object: JsonObject, name: string, path = ''): string | undefined {
  return object[name] === undefined || object[name] === null ? undefined : requiredText(object, name, path);
}

export function optionalNumber(object: JsonObject, name: string, path = ''): number | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw malformed(join(path, name), 'a number');
  return value;
}

export function optionalFlag(object: JsonObject, name: string, path = ''): boolean | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw malformed(join(path, name), 'true or false');
  return value;
}

export function optionalObject(object: JsonObject, name: string, path = ''): JsonObject | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw malformed(join(path, name), 'an object');
  return value;
}

/** @throws SallyportError `invalid_request` when the member is missing or no object */
export function requiredObject(object: JsonObject, name: string, path: string): JsonObject {
  const value = object[name];
  if (!isObject(value)) throw malformed(join(path, name), 'an object');
  return value;
}

export function optionalList(object: JsonObject, name: string, path = ''): unknown[] | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw malformed(join(path, name), 'a list');
  return value as unknown[];
}

/** The members that have a value: an absent field is left out, never sent as `undefined`. */
export function present<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
