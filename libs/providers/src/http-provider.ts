import type { Secret } from '@sallyport/config';
import { DEFAULT_TRAITS, type Endpoint, type UpstreamTraits } from '@sallyport/dialects';
import type { HttpHeaders, HttpPort, HttpReply } from './http/http.port';
import type { Provider, ProviderCall } from './provider.port';

export interface HttpProviderOptions {
  readonly name: string;
  readonly apiBase: string;
  readonly apiKey: Secret | undefined;
  /** Path behind `apiBase` of each endpoint that the upstream serves, in the order in which they are preferred. */
  readonly paths: Readonly<Partial<Record<Endpoint, string>>>;
  /** Where the upstream differs from {@link DEFAULT_TRAITS}. */
  readonly traits?: Partial<UpstreamTraits>;
  /** Headers that the client's own replace. */
  readonly defaultHeaders?: HttpHeaders;
  /** Headers that carry the credential. */
  readonly authenticate: (apiKey: Secret | undefined) => HttpHeaders;
}

/** A provider that is reached over HTTP: the body travels as it is. */
export class HttpProvider implements Provider {
  readonly name: string;
  readonly apiBase: string;
  readonly endpoints: readonly Endpoint[];
  readonly traits: UpstreamTraits;

  constructor(
    private readonly options: HttpProviderOptions,
    private readonly http: HttpPort,
  ) {
    this.name = options.name;
    this.apiBase = options.apiBase;
    this.endpoints = Object.keys(options.paths) as Endpoint[];
    this.traits = { ...DEFAULT_TRAITS, ...options.traits };
  }

  call(call: ProviderCall): Promise<HttpReply> {
    const path = this.options.paths[call.endpoint];
    if (path === undefined) throw new TypeError(`${this.name} does not serve ${call.endpoint}`);
    return this.http.send({
      method: call.method,
      url: this.apiBase + path + call.subpath,
      headers: {
        ...this.options.defaultHeaders,
        ...call.headers,
        ...this.options.authenticate(this.options.apiKey),
        ...(call.body !== undefined && { 'content-type': call.contentType }),
        // Replies are read on their way through, so they must come as they are.
        'accept-encoding': 'identity',
      },
      ...(call.body !== undefined && { body: call.body }),
      signal: call.signal,
      firstByteTimeoutMs: call.firstByteTimeoutMs,
      idleTimeoutMs: call.idleTimeoutMs,
    });
  }
}
