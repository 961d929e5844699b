import type { Dialect } from '../dialect';
import { createStreamObserver } from '../dialect-replies';
import { encodeSseEvent, SseDecoder } from '../sse/sse-decoder';
import type { ReplySummary } from './reply-summary';

/** An event that is named by its type, as Anthropic and the Responses API send it. */
export const event = (data: { type: string; [key: string]: unknown }) =>
  encodeSseEvent(JSON.stringify(data), data.type);

/** Observes a stream and tells on which event it was complete. */
export function observe(dialect: Dialect, chunks: Uint8Array[]): { summary: ReplySummary; completions: number } {
  const decoder = new SseDecoder();
  const observer = createStreamObserver(dialect);
  const events = chunks.flatMap((chunk) => decoder.push(chunk));
  const completions = events.map((item) => observer.observe(item)).filter(Boolean).length;
  return { summary: observer.summary(), completions };
}
