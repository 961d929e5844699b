import { SallyportError } from '@sallyport/dialects';
import type { HttpReply } from '@sallyport/providers';

/** How a reply is read: as a stream of events, as a whole text, or not at all. */
export type ReplyForm = 'same-bytes' | 'stream' | 'text';

const TEXT_TYPE = /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:json|xml)\b)/i;

/** Whether a reply came encoded although plain bytes were asked for. */
export function isEncoded({ headers }: HttpReply): boolean {
  return String(headers['content-encoding'] ?? 'identity') !== 'identity';
}

/**
 * The form of a reply that may hold tokens. One without a content type is what the client asked for.
 *
 * @throws SallyportError `upstream_failed` when the reply is encoded although plain bytes were asked for
 */
export function textFormOf(reply: HttpReply, streamRequested: boolean): ReplyForm {
  if (isEncoded(reply)) {
    throw new SallyportError('upstream_failed', 'The upstream encoded its reply although it was asked not to');
  }
  const fallback = streamRequested ? 'text/event-stream' : 'application/json';
  const type = String(reply.headers['content-type'] ?? fallback);
  if (type.startsWith('text/event-stream')) return 'stream';
  return TEXT_TYPE.test(type) ? 'text' : 'same-bytes';
}
