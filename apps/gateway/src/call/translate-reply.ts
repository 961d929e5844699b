import { encodeEmbeddings, isObject, objectOf, SallyportError, type StreamTranslation } from '@sallyport/dialects';
import type { HttpHeaders } from '@sallyport/providers';
import type { ClientCall } from './client-call';
import type { StreamedReply, UpstreamReply, WholeReply } from './upstream-reply';
import type { UpstreamRequest } from './upstream-request';

/** Statuses by which an upstream says that it has no such endpoint, rather than no such model. */
const NO_ENDPOINT: ReadonlySet<number> = new Set([404, 405, 501]);

/**
 * Gives an upstream's reply the form that the client reads. What is in that form already is handed back untouched.
 *
 * @param maxEventBytes largest single event of a stream that is translated
 */
export async function toClientReply(
  call: ClientCall,
  request: UpstreamRequest,
  reply: UpstreamReply,
  maxEventBytes: number,
): Promise<UpstreamReply> {
  if (call.standIn !== undefined && reply.kind === 'whole' && NO_ENDPOINT.has(reply.status)) {
    return { ...whole(reply, await call.standIn(call.body)), status: 200 };
  }
  return translateReply(call, request, reply, maxEventBytes);
}

function translateReply(
  call: ClientCall,
  { translation }: UpstreamRequest,
  reply: UpstreamReply,
  maxEventBytes: number,
): UpstreamReply {
  if (translation === undefined) return call.endpoint === 'openai-embeddings' ? asEncoded(call, reply) : reply;
  const headers = withoutBodyHeaders(reply.headers);
  if (reply.kind === 'stream' && call.wantsStream)
    return translateStream({ ...reply, headers }, translation.openStream(maxEventBytes));
  if (reply.kind === 'whole' && reply.status >= 400) {
    const said = reply.value ?? reply.body.toString('utf8');
    return whole({ ...reply, headers }, translation.error(reply.status, said, call.requestId));
  }
  if (reply.kind !== 'whole' || call.wantsStream) {
    const what = reply.kind === 'whole' ? 'a whole reply in place of a stream' : 'a stream that nobody asked for';
    throw new SallyportError('upstream_failed', `The upstream answered with ${what}`, { retryable: true });
  }
  const { body, usage } = translation.reply(objectOf(reply.value));
  return { ...whole({ ...reply, headers }, body), usage };
}

function translateStream(reply: StreamedReply, translation: StreamTranslation): StreamedReply {
  return { ...reply, chunks: translatedChunks(reply.chunks, translation), usage: () => translation.usage };
}

async function* translatedChunks(
  chunks: AsyncIterable<Uint8Array>,
  translation: StreamTranslation,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    const bytes = translation.push(chunk);
    if (bytes.length > 0) yield bytes;
  }
  const last = translation.finish();
  if (last.length > 0) yield last;
}

/** Clients ask for one of two encodings of a vector, and upstreams that know only one answer in that. */
function asEncoded(call: ClientCall, reply: UpstreamReply): UpstreamReply {
  if (reply.kind !== 'whole' || reply.status >= 300 || !isObject(reply.value)) return reply;
  const format = call.body['encoding_format'] === 'base64' ? 'base64' : 'float';
  const encoded = encodeEmbeddings(reply.value, format);
  return encoded === undefined ? reply : whole(reply, encoded);
}

function whole(reply: WholeReply, value: object): WholeReply {
  const headers = { ...reply.headers, 'content-type': 'application/json; charset=utf-8' };
  return { ...reply, headers, body: Buffer.from(JSON.stringify(value)), value };
}

function withoutBodyHeaders(headers: HttpHeaders): HttpHeaders {
  const { etag: _etag, 'content-md5': _digest, ...rest } = headers;
  return rest;
}
