/** What the proxy asks its store of state to do. */
export const STATE_OPERATIONS = [
  'recall',
  'remember',
  'load-grants',
  'save-grants',
  'read-note',
  'write-note',
] as const;

export type StateOperation = (typeof STATE_OPERATIONS)[number];
