import type { PositionTable } from './position-table';

/** Where text lives. */
export const EMBEDDINGS_REPLY = { root: 'text', shapes: {} } as const satisfies PositionTable;
