import { isObject, type JsonObject } from '../json/json-value';

/** How a client wants its vectors: as numbers, or as base64 of their 32-bit floats in little-endian order. */
export type EmbeddingFormat = 'float' | 'base64';

const BYTES_PER_FLOAT = 4;

/**
 * Brings the vectors of an embeddings reply into the format that was asked for: many upstreams ignore
 * `encoding_format`. Source: https://platform.openai.com/docs/api-reference/embeddings/create
 *
 * @returns a reply with the same fields; undefined when every vector is in that format already, or none is known
 */
export function encodeEmbeddings(reply: JsonObject, format: EmbeddingFormat): JsonObject | undefined {
  const { data } = reply;
  if (!Array.isArray(data)) return undefined;
  const convert = format === 'base64' ? toBase64 : toFloats;
  let changed = false;
  const items = data.map((item: unknown) => {
    const embedding = isObject(item) ? convert(item['embedding']) : undefined;
    if (embedding === undefined) return item;
    changed = true;
    return { ...(item as JsonObject), embedding };
  });
  return changed ? { ...reply, data: items } : undefined;
}

function toBase64(embedding: unknown): string | undefined {
  if (!Array.isArray(embedding) || !embedding.every((value) => typeof value === 'number')) return undefined;
  const bytes = Buffer.alloc(embedding.length * BYTES_PER_FLOAT);
  embedding.forEach((value, index) => bytes.writeFloatLE(value, index * BYTES_PER_FLOAT));
  return bytes.toString('base64');
}

function toFloats(embedding: unknown): number[] | undefined {
  if (typeof embedding !== 'string') return undefined;
  const bytes = Buffer.from(embedding, 'base64');
  if (bytes.length % BYTES_PER_FLOAT !== 0) return undefined;
  return Array.from({ length: bytes.length / BYTES_PER_FLOAT }, (_, index) =>
    bytes.readFloatLE(index * BYTES_PER_FLOAT),
  );
}
