import type { ReplyContext } from '../reply/reply-codec.port';

/** What a writer is told of a call: ids that count, a clock that stands, and what a test changes of it. */
export function replyContext(changes: Partial<ReplyContext> = {}): ReplyContext {
  let ids = 0;
  return {
    model: 'shown',
    request: {},
    estimatedInputTokens: 42,
    filteredStopReason: 'refusal',
    now: () => 1700000000,
    newId: () => `id${(ids += 1)}`,
    ...changes,
  };
}
