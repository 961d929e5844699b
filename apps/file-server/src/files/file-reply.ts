import { Readable } from 'node:stream';
import { openAiErrorBody, SallyportError } from '@sallyport/dialects';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenFile } from '../storage/file-store';
import { isKnown, rangeStillHolds, requestedRange, type ByteRange } from './byte-range';

/** Answers a `GET` or `HEAD` with a file, or the part of it that was asked for, and closes it. */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: OpenFile): Promise<void> {
  const { headers, method } = request;
  const etag = etagOf(file);
  reply.header('etag', etag).header('accept-ranges', 'bytes').header('x-content-type-options', 'nosniff');
  if (isKnown(headers['if-none-match'], etag)) {
    await file.handle.close();
    await reply.status(304).send();
    return;
  }
  // Ranges are defined for GET alone: RFC 9110, section 14.2.
  const holds = method === 'GET' && rangeStillHolds(header(headers['if-range']), etag);
  const range = holds ? requestedRange(headers.range, file.bytes) : undefined;
  if (range === 'unsatisfiable') {
    await file.handle.close();
    await refuseRange(reply, file.bytes);
    return;
  }
  if (range !== undefined) {
    reply.status(206).header('content-range', `bytes ${range.first}-${range.last}/${file.bytes}`);
  }
  const sent = range ?? { first: 0, last: file.bytes - 1 };
  reply.header('content-length', sent.last - sent.first + 1);
  await reply.send(await bodyOf(file, sent, method));
}

/**
 * A strong tag (RFC 9110, section 8.8.3): a file is never changed under its name, so other content has another time.
 */
function etagOf({ bytes, modifiedAt }: OpenFile): string {
  return `"${bytes.toString(16)}-${modifiedAt.toString(16)}"`;
}

/** An empty stream leaves the length that was told alone, as the answer to HEAD needs it. */
async function bodyOf({ handle }: OpenFile, { first, last }: ByteRange, method: string): Promise<Readable> {
  if (method === 'GET' && last >= first) return handle.createReadStream({ start: first, end: last });
  await handle.close();
  return Readable.from([]);
}

function refuseRange(reply: FastifyReply, bytes: number): FastifyReply {
  const error = new SallyportError('invalid_request', 'The file has no such bytes', { param: 'Range' });
  return reply
    .status(416)
    .header('content-range', `bytes */${bytes}`)
    .type('application/json; charset=utf-8')
    .send(openAiErrorBody(error));
}

function header(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join() : value;
}
