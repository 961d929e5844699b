import type { Endpoint, UpstreamTraits } from '@sallyport/dialects';
import type { HttpHeaders, HttpReply } from './http/http.port';

/** One call, ready to be sent to an upstream that serves its endpoint. */
export interface ProviderCall {
  readonly endpoint: Endpoint;
  readonly method: 'POST' | 'GET' | 'DELETE';
  /** What follows the endpoint's own path, query included: `/resp_1`, `?beta=true`, or nothing. */
  readonly subpath: string;
  /** The upstream's own name of the model; an empty string for a call that names none. */
  readonly model: string;
  /** The request body with the upstream's own model name in it; undefined when there is none. */
  readonly body: Buffer | undefined;
  /** `application/json`, or the multipart type with its boundary. */
  readonly contentType: string;
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
  /** What the upstream serves by itself, dialects of conversations in the order in which they are preferred. */
  readonly endpoints: readonly Endpoint[];
  readonly traits: UpstreamTraits;
  /**
   * Sends the call and hands back the reply as it arrives, whatever its status.
   *
   * @throws SallyportError as {@link HttpPort.send} does; `invalid_request` or `dialect_unsupported` for what this
   * upstream is known to refuse
   */
  call(call: ProviderCall): Promise<HttpReply>;
}
