import type { Secret } from '@sallyport/config';
import { DEFAULT_TRAITS, type Endpoint, type UpstreamTraits } from '@sallyport/dialects';
import type { EndpointPaths } from './endpoint-paths';
import { dropMembers } from './http/drop-members';
import { hideSecrets } from './http/hide-secrets';
import type { HttpHeaders, HttpPort, HttpReply } from './http/http.port';
import { revealedHeaders } from './http/sendable-headers';
import type { Provider, ProviderCall } from './provider.port';
import type { ProviderSettings } from './provider-settings';

export interface HttpProviderOptions {
  readonly name: string;
  readonly apiBase: string;
  readonly apiKey: Secret | undefined;
  /**
   * Path behind `apiBase` of each endpoint that the upstream serves, in the order in which they are preferred;
   * `{model}` in it stands for the model's name.
   */
  readonly paths: EndpointPaths;
  /** Query that goes with every call, such as `api-version=v1`. */
  readonly query?: string | undefined;
  /** Where the upstream differs from {@link DEFAULT_TRAITS}. */
  readonly traits?: Partial<UpstreamTraits> | undefined;
  /** Headers that the client's own replace. */
  readonly defaultHeaders?: HttpHeaders;
  /** Headers that carry the credential. */
  readonly authenticate: (apiKey: Secret | undefined) => HttpHeaders;
  /** What the configuration says of this upstream. */
  readonly settings: Pick<ProviderSettings, 'extraHeaders' | 'dropFields' | 'dropParams' | 'defaultMaxTokens'>;
}

/** A provider that is reached over HTTP: the body travels as it is. */
export class HttpProvider implements Provider {
  readonly name: string;
  readonly apiBase: string;
  readonly endpoints: readonly Endpoint[];
  readonly traits: UpstreamTraits;
  /** Holds what may be a credential, so it is kept out of printed objects. */
  readonly #extraHeaders: HttpHeaders;

  /** @throws RangeError when a header of the configuration cannot be sent */
  constructor(
    private readonly options: HttpProviderOptions,
    private readonly http: HttpPort,
  ) {
    const { dropParams, defaultMaxTokens, extraHeaders } = options.settings;
    this.name = options.name;
    this.apiBase = options.apiBase;
    this.endpoints = Object.keys(options.paths) as Endpoint[];
    this.traits = { ...DEFAULT_TRAITS, ...options.traits, dropParams, defaultMaxTokens };
    this.#extraHeaders = revealedHeaders(extraHeaders);
  }

  async call(call: ProviderCall): Promise<HttpReply> {
    const { settings, defaultHeaders, authenticate, apiKey } = this.options;
    const { body, contentType } = call;
    const isJson = contentType.startsWith('application/json');
    const reply = await this.http.send({
      method: call.method,
      url: this.urlOf(call),
      headers: {
        ...defaultHeaders,
        ...call.headers,
        ...authenticate(apiKey),
        ...this.#extraHeaders,
        ...(body !== undefined && { 'content-type': contentType }),
        // Replies are read on their way through, so they must come as they are.
        'accept-encoding': 'identity',
      },
      ...(body !== undefined && { body: isJson ? dropMembers(body, settings.dropFields) : body }),
      signal: call.signal,
      firstByteTimeoutMs: call.firstByteTimeoutMs,
      idleTimeoutMs: call.idleTimeoutMs,
    });
    return reply.status < 400 ? reply : { ...reply, body: hideSecrets(reply.body, this.secrets()) };
  }

  /** What no refusal may repeat to a client. */
  private secrets(): string[] {
    const key = this.options.apiKey?.reveal();
    return [...(key === undefined ? [] : [key]), ...Object.values(this.#extraHeaders).flat()];
  }

  private urlOf({ endpoint, model, subpath }: ProviderCall): string {
    const path = this.options.paths[endpoint];
    if (path === undefined) throw new TypeError(`${this.name} does not serve ${endpoint}`);
    const url = this.apiBase + path.replace('{model}', () => encodeURIComponent(model)) + subpath;
    const { query } = this.options;
    return query === undefined ? url : `${url}${subpath.includes('?') ? '&' : '?'}${query}`;
  }
}
