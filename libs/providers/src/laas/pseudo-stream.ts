import { setTimeout as sleep } from 'node:timers/promises';
import { chatReplyWriter, type AssistantReply, type ReplyContext, type ReplyEvent } from '@sallyport/dialects';

/** About how many pieces a reply is cut into. */
const PIECES = 30;

/**
 * Streams a reply that is there already: its text in pieces, then why it ended, then its usage when the client asks
 * for it.
 *
 * @param delayMs pause before each piece
 * @throws the signal's reason when it is aborted
 */
export async function* pseudoStream(
  reply: AssistantReply,
  context: ReplyContext,
  delayMs: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const writer = chatReplyWriter.openStream(context);
  const frame = (event: ReplyEvent): Uint8Array => Buffer.from(writer.write(event));
  yield frame({ type: 'start', id: reply.id, created: reply.created });
  for (const content of reply.content) {
    if (content.type === 'tool-call') continue;
    for (const delta of piecesOf(content.text)) {
      if (delayMs > 0) await pause(delayMs, signal);
      yield frame({ type: content.type, delta });
    }
  }
  const last: ReplyEvent[] = [
    ...(reply.usage ? [{ type: 'usage', usage: reply.usage } as const] : []),
    { type: 'stop', reason: reply.stop },
    { type: 'end' },
  ];
  yield Buffer.concat(last.map(frame));
}

/** Cuts a text into pieces of equal length, never inside a character. */
export function piecesOf(text: string): string[] {
  const characters = Array.from(text);
  const length = Math.max(1, Math.ceil(characters.length / PIECES));
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += length) pieces.push(characters.slice(at, at + length).join(''));
  return pieces;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}
