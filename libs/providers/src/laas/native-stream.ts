import {
  chatReplyReader,
  chatReplyWriter,
  SallyportError,
  SseDecoder,
  type ReplyContext,
  type ReplyEvent,
  type SseEvent,
} from '@sallyport/dialects';
import { laasStop } from './laas-reply';

/**
 * Brings the stream of LaaS itself into the form of chat completion chunks, as far as it differs.
 *
 * @param maxEventBytes largest event that is accepted
 * @throws SallyportError `upstream_interrupted` when the stream ends before the reply does, and what reading `body`
 * throws
 */
export async function* nativeStream(
  body: AsyncIterable<Uint8Array>,
  context: ReplyContext,
  maxEventBytes: number,
): AsyncGenerator<Uint8Array> {
  const decoder = new SseDecoder(maxEventBytes);
  const reader = chatReplyReader.openStream();
  const writer = chatReplyWriter.openStream(context);
  let isOver = false;
  const translate = (events: readonly ReplyEvent[]): string => {
    isOver ||= events.some(({ type }) => type === 'end' || type === 'error');
    return events
      .filter(hasPlace)
      .map((event) => writer.write(normalised(event)))
      .join('');
  };
  const read = (events: readonly SseEvent[]): string => events.map((event) => translate(reader.read(event))).join('');
  for await (const chunk of body) {
    const text = read(decoder.push(chunk));
    if (text !== '') yield Buffer.from(text);
    if (isOver) return;
  }
  const rest = decoder.end();
  const text = (rest === undefined ? '' : read([rest])) + translate(reader.finish());
  if (text !== '') yield Buffer.from(text);
  if (!isOver) {
    throw new SallyportError('upstream_interrupted', 'The stream of LaaS ended too early', { retryable: true });
  }
}

/** LaaS has no tools. */
function hasPlace({ type }: ReplyEvent): boolean {
  return !type.startsWith('tool-');
}

function normalised(event: ReplyEvent): ReplyEvent {
  return event.type === 'stop' ? { ...event, reason: laasStop(event.reason) } : event;
}
