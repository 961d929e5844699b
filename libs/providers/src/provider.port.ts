import type { Dialect } from '@sallyport/dialects';
import type { HttpHeaders, HttpReply } from './http/http.port';

/** One call as a client made it, ready to be sent to an upstream that speaks the same dialect. */
export interface ProviderCall {
  readonly dialect: Dialect;
  /** The request body with the upstream's own model name in it. */
  readonly body: Buffer;
  /** The client's headers that may travel on; no credentials among them. */
  readonly headers: HttpHeaders;
  readonly signal: AbortSignal;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

/** Reaches one upstream. Holds its address and credential, no state of a call; safe to share. */
export interface Provider {
  /** Slug that names the provider in records, such as `openai` or `anthropic`. */
  readonly name: string;
  /** The upstream's address without query or credentials, as shown in records. */
  readonly apiBase: string;
  /** Dialects that the upstream speaks by itself. */
  readonly dialects: readonly Dialect[];
  /**
   * Sends the call and hands back the reply as it arrives, whatever its status.
   *
   * @throws SallyportError as {@link HttpPort.send} does
   */
  call(call: ProviderCall): Promise<HttpReply>;
}
