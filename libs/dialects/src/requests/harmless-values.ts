import { isObject } from '../json/json-value';

/** Predicates for rules: values that ask for nothing, so that nobody misses them. */

export function anything(): boolean {
  return true;
}

/** An empty list, object or text. */
export function empty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) ? Object.keys(value).length === 0 : value === '';
}

export function anyOf(...values: readonly unknown[]): (value: unknown) => boolean {
  return (value) => values.includes(value);
}

/** A list without anything but these. */
export function listOf(...values: readonly unknown[]): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every((entry) => values.includes(entry));
}
