import { AsyncLocalStorage } from 'node:async_hooks';
import { SallyportError } from '@sallyport/dialects';
import type { HttpHeaders, HttpPort, HttpReply } from '../http/http.port';

/** Limits of the calls that are made within one call to a provider. */
export interface FetchLimits {
  readonly signal: AbortSignal;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

/** The `fetch` that packages are given, so that they have no way to the network but the HTTP port. */
export class PortFetch {
  private readonly limits = new AsyncLocalStorage<FetchLimits>();

  constructor(private readonly http: HttpPort) {}

  /** Runs `work`, whose calls of {@link PortFetch.fetch} keep to these limits. */
  within<T>(limits: FetchLimits, work: () => Promise<T>): Promise<T> {
    return this.limits.run(limits, work);
  }

  /** @throws SallyportError as {@link HttpPort.send} does; reading the body throws what the port throws */
  readonly fetch: typeof globalThis.fetch = (input, init) => {
    const limits = this.limits.getStore();
    if (limits === undefined) throw new TypeError('fetch outside of a call');
    return portFetch(this.http, limits)(input, init);
  };
}

/** A `fetch` over the HTTP port that keeps to the limits, and to a signal of its caller. */
export function portFetch(http: HttpPort, limits: FetchLimits): typeof globalThis.fetch {
  return async (input, init) => {
    const body = bytesOf(init?.body);
    const headers = new Headers(init?.headers);
    if (init?.body instanceof URLSearchParams && !headers.has('content-type')) {
      headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
    }
    const reply = await http.send({
      ...limits,
      method: init?.method ?? 'GET',
      url: input instanceof Request ? input.url : String(input),
      headers: { ...Object.fromEntries(headers), 'accept-encoding': 'identity' },
      ...(body !== undefined && { body }),
      ...(init?.signal && { signal: init.signal }),
    });
    return responseOf(reply);
  };
}

function bytesOf(body: RequestInit['body']): Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof URLSearchParams) return Buffer.from(body.toString());
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  throw new TypeError('fetch takes text and bytes only');
}

function responseOf({ status, headers, body }: HttpReply): Response {
  // A Response holds no other status.
  if (status < 200 || status > 599) {
    throw new SallyportError('upstream_failed', `The upstream answered with status ${status}`, { retryable: true });
  }
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : ReadableStream.from(body), { status, headers: headersOf(headers) });
}

function headersOf(headers: HttpHeaders): Headers {
  const all = new Headers();
  for (const [name, values] of Object.entries(headers)) {
    for (const value of [values].flat()) all.append(name, value);
  }
  return all;
}
