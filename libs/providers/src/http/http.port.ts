/** Header names in lower case; a name that occurs more than once has a list. */
export type HttpHeaders = Readonly<Record<string, string | string[]>>;

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HttpHeaders;
  readonly body?: Uint8Array;
  /** Ends the call at any moment: while connecting, waiting or reading the body. */
  readonly signal: AbortSignal;
  /** Longest wait for the reply's status line, in milliseconds. */
  readonly firstByteTimeoutMs: number;
  /** Longest silence inside the reply's body, in milliseconds. */
  readonly idleTimeoutMs: number;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** Read once, as it arrives; not reading it holds the sender back. Leaving it early closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends HTTP calls. Safe to share: an implementation keeps connections, not calls. */
export interface HttpPort {
  /**
   * Resolves as soon as the status and headers are there.
   *
   * @throws SallyportError `upstream_failed` when no reply could be had, `deadline_exceeded` when one of the limits
   * was reached; both are retryable. Reading the body throws `upstream_interrupted` (retryable) when it breaks off, or
   * `deadline_exceeded`.
   */
  send(request: HttpRequest): Promise<HttpReply>;
}
