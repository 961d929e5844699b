import type { PositionTable } from './position-table';

/**
 * Where text lives in `POST /v1/embeddings`, after the request type of `openai`. An input that is given as ids of a
 * tokenizer is text that nobody here can read, so it is refused.
 */
export const EMBEDDINGS_REQUEST = {
  root: '@request',
  shapes: {
    request: {
      fields: { input: '@input', user: 'text', dimensions: 'word', encoding_format: 'word' },
      kept: { model: 'model' },
      rest: 'data',
    },
    input: { number: 'refuse', rest: 'text' },
  },
} as const satisfies PositionTable;
