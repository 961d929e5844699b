import { JsonDepthError, parseJsonTree, type JsonNode } from '@sallyport/dialects';

/** The tree of a JSON text; undefined when the text is none, or nests too deep to be walked. */
export function parseOrUndefined(text: string): JsonNode | undefined {
  try {
    return parseJsonTree(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof JsonDepthError) return undefined;
    throw error;
  }
}
