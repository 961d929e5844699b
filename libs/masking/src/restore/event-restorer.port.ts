import type { SseEvent } from '@sallyport/dialects';

/** Restores the events of one streamed reply in one dialect. */
export interface EventRestorer {
  /** What is sent for an event: mostly its own bytes, sometimes text that was held back before it. */
  restore(event: SseEvent): Uint8Array[];
  /** What was held back when the stream ended without saying so. */
  flush(): Uint8Array[];
  /** Whether the event that ends the reply has come. */
  readonly isComplete: boolean;
  /** Number of the next event, where events are numbered. */
  readonly nextSequenceNumber: number;
}
