import { SallyportError } from '@sallyport/dialects';
import type { HttpReply } from '@sallyport/providers';

/** How a reply is read: as a stream of events, as a whole text, or not at all. */
type ReplyForm = 'same-bytes' | 'stream' | 'text';

/** A reply whose form is known. */
export interface FormedReply extends HttpReply {
  readonly form: ReplyForm;
}

const STREAM_TYPE = /^text\/event-stream\b/i;
const TEXT_TYPE = /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:json|xml)\b|$)/i;
const MEDIA_TYPE = /^(?:image|audio|video|font)\//i;

/** What an event of a stream begins with (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
const EVENT_BEGINNING = /^\uFEFF?[\r\n]*(?:data|event|id|retry)?:/;
const JSON_BEGINNING = /^\uFEFF?\s*[[{]/;
/** As many bytes as it takes to tell. */
const LONGEST_BEGINNING = 16;

/** Whether a reply came encoded although plain bytes were asked for. */
export function isEncoded({ headers }: HttpReply): boolean {
  return String(headers['content-encoding'] ?? 'identity') !== 'identity';
}

/**
 * Finds out the form of a reply that may hold tokens. Some servers call a stream of events JSON, plain text, or nothing
 * at all, so what does not say that it is one is judged by how it begins.
 *
 * @throws SallyportError `upstream_failed` when the reply is encoded although plain bytes were asked for
 */
export async function formed(reply: HttpReply): Promise<FormedReply> {
  if (isEncoded(reply)) {
    throw new SallyportError('upstream_failed', 'The upstream encoded its reply although it was asked not to');
  }
  const type = String(reply.headers['content-type'] ?? '').trim();
  if (STREAM_TYPE.test(type)) return { ...reply, form: 'stream' };
  if (MEDIA_TYPE.test(type)) return { ...reply, form: 'same-bytes' };
  const chunks = reply.body[Symbol.asyncIterator]();
  const begun = await readBeginning(chunks);
  return { ...reply, form: formOf(Buffer.from(begun).toString('utf8'), type), body: goOn(begun, chunks) };
}

function formOf(beginning: string, type: string): ReplyForm {
  if (EVENT_BEGINNING.test(beginning)) return 'stream';
  return TEXT_TYPE.test(type) || JSON_BEGINNING.test(beginning) ? 'text' : 'same-bytes';
}

async function readBeginning(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let begun = Buffer.alloc(0);
  while (begun.length < LONGEST_BEGINNING) {
    const next = await chunks.next();
    if (next.done === true) break;
    begun = Buffer.concat([begun, next.value]);
    if (EVENT_BEGINNING.test(begun.toString('utf8'))) break;
  }
  return begun;
}

async function* goOn(begun: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (begun.length > 0) yield begun;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  } finally {
    await chunks.return?.();
  }
}
