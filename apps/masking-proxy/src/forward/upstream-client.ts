import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { MaskingSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { Masker } from '@sallyport/masking';
import type { HttpPort, HttpReply } from '@sallyport/providers';
import { traceHeaders } from '@sallyport/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MaskingKeys } from '../masking-key/masking-keys';
import { tenantOf } from '../scope/tenant';
import { MASKING_SETTINGS } from '../settings';
import { forwardedHeaders } from './forwarded-headers';
import { passReply } from './pass-reply';

/** Provider token of the `HttpPort` that calls the upstream. */
export const HTTP_CLIENT = Symbol('HTTP_CLIENT');

/** A call as it leaves. */
interface UpstreamCall {
  /** Path at the upstream; the query of the request is added. */
  readonly path: string;
  readonly body?: Uint8Array;
  /** Counts of masked values by kind, when any was masked. */
  readonly masked?: string;
}

/** What the last call has shown of the upstream: that it answers, or how it failed to. */
type UpstreamState = 'unknown' | 'healthy' | 'error' | 'timeout';

/** Forwards calls to the configured upstream. */
@Injectable()
export class UpstreamClient {
  private readonly base: string;
  private lastSeen: UpstreamState = 'unknown';

  constructor(
    @Inject(MASKING_SETTINGS) private readonly settings: MaskingSettings,
    @Inject(HTTP_CLIENT) private readonly http: HttpPort,
    @Inject(Masker) private readonly masker: Masker,
    @Inject(MaskingKeys) private readonly keys: MaskingKeys,
  ) {
    // Both `https://host` and `https://host/v1` are common ways to write an API's address.
    this.base = settings.upstreamUrl.replace(/\/v1$/, '');
  }

  /** What live traffic has shown; nobody is called to find out. */
  get state(): UpstreamState {
    return this.lastSeen;
  }

  /**
   * Sends a call on and resolves with the reply's head. The call ends as soon as the client goes away.
   *
   * @throws SallyportError `invalid_request` when path or query hold a value that must not leave, for an address
   * cannot be masked; and when no reply could be had
   */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    { path, body, masked = '' }: UpstreamCall,
  ): Promise<HttpReply> {
    const { upstreamKey, requestTimeoutMs, streamIdleMs } = this.settings;
    const scope = this.keys.scope(tenantOf(request));
    const mask = (value: string): string => this.masker.maskText(value, scope).masked;
    const own = { requestId: request.id, upstreamKey, masked, mask };
    const call = {
      method: request.method,
      url: this.base + this.cleared(path + queryOf(request), request, mask),
      headers: { ...forwardedHeaders(request.headers, own), traceparent: traceparentOf(request) },
      signal: clientSignal(reply),
      firstByteTimeoutMs: requestTimeoutMs,
      idleTimeoutMs: streamIdleMs,
      ...(body === undefined ? {} : { body }),
    };
    try {
      const answer = await this.http.send(call);
      this.lastSeen = 'healthy';
      return answer;
    } catch (error) {
      if (!call.signal.aborted) this.lastSeen = isTimeout(error) ? 'timeout' : 'error';
      throw error;
    }
  }

  /**
   * Sends a call on that carries no text, and its reply back as the bytes that come.
   *
   * @throws SallyportError as {@link UpstreamClient.send} does
   */
  async relay(request: FastifyRequest, reply: FastifyReply, path: string): Promise<void> {
    await passReply(await this.send(request, reply, { path }), reply);
  }

  private cleared(address: string, request: FastifyRequest, mask: (text: string) => string): string {
    if ([address, decoded(address)].every((text) => mask(text) === text)) return address;
    // Nor must it be written down: what is said of the call from here on is its route.
    request.raw.url = request.routeOptions.url ?? '/';
    throw new SallyportError('invalid_request', 'The path or the query of the call holds a value that must not leave');
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof SallyportError && error.code === 'deadline_exceeded';
}

/** The query as it came, with its question mark; empty when there is none. */
function queryOf({ url }: FastifyRequest): string {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at);
}

/** Percent-encoding undone, as far as it is valid. */
function decoded(address: string): string {
  return address.replace(/(?:%[0-9A-Fa-f]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}

/** Aborted when the client closes its connection before its response has ended. */
function clientSignal(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once('close', () => {
    if (reply.raw.writableFinished) return;
    abort.abort(new SallyportError('upstream_interrupted', 'The client closed the connection before the reply ended'));
  });
  return abort.signal;
}

/** The upstream's log lines and records get the trace id that this proxy's have, whether spans are kept or not. */
function traceparentOf({ span, headers, traceId }: FastifyRequest): string {
  const given = traceHeaders(span)['traceparent'] ?? headers['traceparent'];
  if (typeof given === 'string' && given.includes(traceId)) return given;
  return `00-${traceId}-${randomUUID().replaceAll('-', '').slice(0, 16)}-00`;
}
