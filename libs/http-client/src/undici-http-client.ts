import { SallyportError } from '@sallyport/dialects';
import type { HttpPort, HttpReply, HttpRequest } from '@sallyport/providers';
import { Agent, errors } from 'undici';
import { decodeBody } from './decode-body';

export interface UndiciHttpClientOptions {
  /** Longest wait for a connection, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Open connections to one origin; further calls wait. */
  readonly maxConnectionsPerOrigin?: number;
}

/** The HTTP port on undici: one pool of kept-alive connections per origin. */
export class UndiciHttpClient implements HttpPort {
  private readonly agent: Agent;

  constructor(options: UndiciHttpClientOptions = {}) {
    this.agent = new Agent({
      connect: { timeout: options.connectTimeoutMs ?? 5_000 },
      connections: options.maxConnectionsPerOrigin ?? 4_096,
      pipelining: 1,
      // Shorter than what common servers keep, so that a connection is not reused while its server closes it.
      keepAliveTimeout: 4_000,
    });
  }

  async send(request: HttpRequest): Promise<HttpReply> {
    try {
      const { origin, pathname, search } = new URL(request.url);
      const reply = await this.agent.request({
        origin,
        path: `${pathname}${search}`,
        method: request.method,
        headers: { ...request.headers },
        body: request.body ?? null,
        signal: request.signal,
        headersTimeout: request.firstByteTimeoutMs,
        bodyTimeout: request.idleTimeoutMs,
      });
      const headers = headersOf(reply.headers);
      const { 'content-encoding': encoding, 'content-length': _length, ...plain } = headers;
      const decoded = encoding === undefined ? undefined : decodeBody(reply.body, String(encoding));
      if (decoded === undefined) return { status: reply.statusCode, headers, body: readBody(reply.body) };
      return { status: reply.statusCode, headers: plain, body: readBody(decoded) };
    } catch (error) {
      throw translate(error, request.signal);
    }

    async function* readBody(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      try {
        yield* body;
      } catch (error) {
        throw translate(error, request.signal, 'upstream_interrupted');
      }
    }
  }

  /** Ends all connections, those of calls under way too: whoever waits for calls has done so before. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

function headersOf(headers: Record<string, string | string[] | undefined>): Record<string, string | string[]> {
  const known: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) known[name] = value;
  return known;
}

function translate(
  error: unknown,
  signal: AbortSignal,
  code: 'upstream_failed' | 'upstream_interrupted' = 'upstream_failed',
): SallyportError {
  // Whoever aborted knows why: a deadline, a client that went away, a shutdown.
  if (signal.aborted && signal.reason instanceof SallyportError) return signal.reason;
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) {
    return new SallyportError('deadline_exceeded', 'The upstream did not answer in time', {
      retryable: true,
      cause: error,
    });
  }
  const what = code === 'upstream_failed' ? 'could not be reached' : 'broke off its reply';
  return new SallyportError(code, `The upstream ${what} (${codeOf(error)})`, {
    retryable: true,
    cause: error,
  });
}

function codeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === 'string' ? code : 'connection failed';
}
