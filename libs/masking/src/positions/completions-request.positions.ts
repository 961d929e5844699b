import type { PositionTable } from './position-table';

/** Where text lives. */
export const COMPLETIONS_REQUEST = { root: 'text', shapes: {} } as const satisfies PositionTable;
