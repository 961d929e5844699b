import type { PositionTable } from './position-table';

/** Where tokens are restored in a reply to `POST /v1/embeddings`: only errors have text. */
export const EMBEDDINGS_REPLY = {
  root: '@reply',
  shapes: {
    reply: {
      fields: { error: 'text', message: 'text', detail: 'text' },
      kept: { model: 'protocol', data: 'protocol' },
      rest: 'keep',
    },
  },
} as const satisfies PositionTable;
