import type { PositionTable } from './position-table';

/** Where text lives. */
export const COMPLETIONS_REPLY = { root: 'text', shapes: {} } as const satisfies PositionTable;
