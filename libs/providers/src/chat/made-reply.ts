import { openAiUpstreamError, type UpstreamError } from '@sallyport/dialects';
import type { HttpHeaders, HttpReply } from '../http/http.port';

/** A reply that was put together here, as a whole. */
export function jsonReply(status: number, value: object, headers: HttpHeaders = {}): HttpReply {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: one(Buffer.from(JSON.stringify(value))),
  };
}

/** What an upstream said when it refused, in the words of the OpenAI API and with the headers that came with it. */
export function errorReply(error: UpstreamError, headers: HttpHeaders): HttpReply {
  return jsonReply(error.status, openAiUpstreamError(error), withoutBodyHeaders(headers));
}

/** A stream of events that is put together here. */
export function streamReply(body: AsyncIterable<Uint8Array>, headers: HttpHeaders = {}): HttpReply {
  return {
    status: 200,
    headers: { ...withoutBodyHeaders(headers), 'content-type': 'text/event-stream; charset=utf-8' },
    body,
  };
}

/** A reply that says what was left out of its request, as the gateway says it of the requests that it translates. */
export function withDropped(reply: HttpReply, dropped: readonly string[]): HttpReply {
  if (dropped.length === 0) return reply;
  // Names of fields are the client's own, and a header holds ASCII only.
  const names = dropped.join(',').replace(/[^\x20-\x7e]+/g, '?');
  return { ...reply, headers: { ...reply.headers, 'x-sallyport-dropped-params': names.slice(0, 2048) } };
}

/** Headers without those that speak of a body that is written anew. */
export function withoutBodyHeaders(headers: HttpHeaders): HttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !/^(?:content-.*|transfer-encoding|etag)$/i.test(name));
  return Object.fromEntries(kept);
}

/**
 * Reads a body to its end.
 *
 * @param maxBytes most that is kept; what follows is left unread, which closes the connection
 * @returns undefined when it is larger
 */
export async function readBody(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
