import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { MaskingSettings } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { Masker } from '@sallyport/masking';
import type { HttpPort, HttpReply } from '@sallyport/providers';
import { traceHeaders } from '@sallyport/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MASKING_SETTINGS } from '../settings';
import { forwardedHeaders } from './forwarded-headers';

/** Provider token of the `HttpPort` that calls the upstream. */
export const HTTP_CLIENT = Symbol('HTTP_CLIENT');

/** Forwards calls to the configured upstream. */
@Injectable()
export class UpstreamClient {
  private readonly base: string;

  constructor(
    @Inject(MASKING_SETTINGS) private readonly settings: MaskingSettings,
    @Inject(HTTP_CLIENT) private readonly http: HttpPort,
    @Inject(Masker) private readonly masker: Masker,
  ) {
    // Both `https://host` and `https://host/v1` are common ways to write an API's address.
    this.base = settings.upstreamUrl.replace(/\/v1$/, '');
  }

  /**
   * Sends a call on and resolves with the reply's head. The call ends as soon as the client goes away.
   *
   * @param path path at the upstream; the query of the request is added
   * @throws SallyportError `invalid_request` when path or query hold a value that must not leave, for an address
   * cannot be masked; and when no reply could be had
   */
  send(request: FastifyRequest, reply: FastifyReply, path: string, body?: Uint8Array): Promise<HttpReply> {
    const { upstreamKey, requestTimeoutMs, streamIdleMs } = this.settings;
    return this.http.send({
      method: request.method,
      url: this.base + this.cleared(path + queryOf(request)),
      headers: { ...forwardedHeaders(request.headers, request.id, upstreamKey), traceparent: traceparentOf(request) },
      signal: clientSignal(reply),
      firstByteTimeoutMs: requestTimeoutMs,
      idleTimeoutMs: streamIdleMs,
      ...(body === undefined ? {} : { body }),
    });
  }

  private cleared(address: string): string {
    if ([address, decoded(address)].every((text) => !this.masker.finds(text))) return address;
    throw new SallyportError('invalid_request', 'The path or the query of the call holds a value that must not leave');
  }
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
