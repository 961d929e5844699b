/** A whole reply, sent at once. */
export interface WholeReply {
  /** HTTP status, 200 when left out. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Text and bytes are sent as they are; any other value is sent as JSON. */
  readonly body?: unknown;
}

/** A reply whose body is sent chunk by chunk; `text/event-stream` unless `headers` say otherwise. */
export interface ChunkedReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly chunks: readonly (string | Uint8Array)[];
  /** Pause before every chunk, in milliseconds. */
  readonly delayMs?: number;
  /** Asked before every chunk, by its index; the chunk waits for what it returns. */
  readonly before?: (index: number) => Promise<void> | undefined;
  /**
   * What happens behind the last chunk: `reset` breaks the connection, `stall` keeps it open and silent until the
   * caller or {@link ScriptedUpstream.close} ends it, `truncate` ends the body cleanly although the protocol inside is
   * not finished (the same as no fault: the name tells the reader that something is missing).
   */
  readonly fault?: 'reset' | 'stall' | 'truncate';
}

/** The connection breaks before any byte of a reply. */
export interface ResetReply {
  readonly fault: 'reset';
}

export type ScriptedReply = WholeReply | ChunkedReply | ResetReply;

/** One request as the upstream saw it. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Becomes true when the caller went away before the reply had ended. */
  aborted: boolean;
}

/** Decides the reply to one request. */
export type ReplyScript = (request: RecordedRequest) => ScriptedReply | Promise<ScriptedReply>;
