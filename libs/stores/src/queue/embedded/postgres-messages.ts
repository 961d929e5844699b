/** What the main thread asks of the thread that runs the embedded Postgres. */
export type PostgresRequest =
  | { readonly id: number; readonly kind: 'query'; readonly text: string; readonly params: readonly unknown[] }
  | { readonly id: number; readonly kind: 'close' };

export interface PostgresResult {
  readonly rows: unknown[];
  readonly rowCount: number;
}

/** A Postgres error with the fields that BullMQ reads; error objects lose them between threads. */
export interface PostgresFailure {
  readonly message: string;
  readonly code: string | undefined;
  readonly detail: string | undefined;
}

/** What that thread tells. */
export type PostgresMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly id: number; readonly result: PostgresResult }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: PostgresFailure }
  /** Something that an operator should know and that fails no request. */
  | { readonly kind: 'problem'; readonly reason: string }
  | { readonly kind: 'notification'; readonly channel: string; readonly payload: string };

/** Start-up data of the thread. */
export interface PostgresThreadData {
  readonly dataDir: string;
  /** Whether no worker of the database can be alive: true for the first thread of a process that has locked the folder. */
  readonly isFirst: boolean;
}
