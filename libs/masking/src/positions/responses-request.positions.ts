import type { PositionTable } from './position-table';

/** Where text lives. */
export const RESPONSES_REQUEST = { root: 'text', shapes: {} } as const satisfies PositionTable;
