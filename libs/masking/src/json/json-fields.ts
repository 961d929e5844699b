import type { JsonNode } from '@sallyport/dialects';

/** The items of an array; none for any other value. */
export function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.type === 'array' ? node.items : [];
}

/** A number of `text`, or `fallback` when there is none. */
export function numberOf(text: string, node: JsonNode | undefined, fallback: number): number {
  if (node?.type !== 'scalar') return fallback;
  const value = Number(text.slice(node.start, node.end));
  return Number.isNaN(value) ? fallback : value;
}
