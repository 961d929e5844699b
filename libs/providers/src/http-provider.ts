import type { Secret } from '@sallyport/config';
import type { Dialect } from '@sallyport/dialects';
import type { HttpHeaders, HttpPort, HttpReply } from './http/http.port';
import type { Provider, ProviderCall } from './provider.port';

export interface HttpProviderOptions {
  readonly name: string;
  readonly apiBase: string;
  readonly apiKey: Secret | undefined;
  /** Path behind `apiBase` for each dialect that the upstream speaks. */
  readonly paths: Readonly<Partial<Record<Dialect, string>>>;
  /** Headers that the client's own replace. */
  readonly defaultHeaders?: HttpHeaders;
  /** Headers that carry the credential. */
  readonly authenticate: (apiKey: Secret | undefined) => HttpHeaders;
}

/** A provider that is reached over HTTP in a dialect of its own: the body travels as it is. */
export class HttpProvider implements Provider {
  readonly name: string;
  readonly apiBase: string;
  readonly dialects: readonly Dialect[];

  constructor(
    private readonly options: HttpProviderOptions,
    private readonly http: HttpPort,
  ) {
    this.name = options.name;
    this.apiBase = options.apiBase;
    this.dialects = Object.keys(options.paths) as Dialect[];
  }

  call(call: ProviderCall): Promise<HttpReply> {
    const path = this.options.paths[call.dialect];
    if (path === undefined) throw new TypeError(`${this.name} does not speak ${call.dialect}`);
    return this.http.send({
      method: 'POST',
      url: this.apiBase + path,
      headers: {
        ...this.options.defaultHeaders,
        ...call.headers,
        ...this.options.authenticate(this.options.apiKey),
        'content-type': 'application/json',
        // Replies are read on their way through, so they must come as they are.
        'accept-encoding': 'identity',
      },
      body: call.body,
      signal: call.signal,
      firstByteTimeoutMs: call.firstByteTimeoutMs,
      idleTimeoutMs: call.idleTimeoutMs,
    });
  }
}
