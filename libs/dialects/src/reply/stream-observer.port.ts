import type { SseEvent } from '../sse/sse-decoder';
import type { ReplySummary } from './reply-summary';

/** Follows one stream, event by event, without changing it. Never throws on what an upstream may send. */
export interface StreamObserver {
  /** @returns true when this is the event that ends the dialect's stream properly */
  observe(event: SseEvent): boolean;
  /** From now on keeps no more text, only how the stream goes on: for streams that are too long to be recorded. */
  stopRecording(): void;
  /** Number that the next event of the stream bears; undefined in a dialect that does not number its events. */
  readonly nextSequenceNumber?: number;
  /** What is known so far; complete once the terminal event was seen. */
  summary(): ReplySummary;
}
