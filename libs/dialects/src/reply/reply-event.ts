import type { UpstreamError } from '../errors/upstream-error';
import type { StopReason } from './assistant-reply';
import type { TokenUsage } from './reply-summary';

/**
 * One step of a streamed reply, free of any dialect. `start` comes first and once, `stop` once after all content, and
 * `end` last: it says that the upstream's terminal event was seen. A stream that fails has an `error` and no `end`.
 * Pieces of text and reasoning may alternate, and those of several tool calls may interleave.
 */
export type ReplyEvent =
  | { readonly type: 'start'; readonly id: string; readonly created: number | undefined }
  | { readonly type: 'text'; readonly delta: string }
  | { readonly type: 'refusal'; readonly delta: string }
  | { readonly type: 'reasoning'; readonly delta: string }
  /** Ends the reasoning before it, with its proof. */
  | { readonly type: 'reasoning-signature'; readonly signature: string }
  | { readonly type: 'redacted-reasoning'; readonly data: string }
  /** `call` numbers the tool calls of the reply from 0. */
  | { readonly type: 'tool-start'; readonly call: number; readonly id: string; readonly name: string }
  | { readonly type: 'tool-arguments'; readonly call: number; readonly delta: string }
  | { readonly type: 'tool-end'; readonly call: number }
  /** Cumulative: the last one holds. */
  | { readonly type: 'usage'; readonly usage: TokenUsage }
  | { readonly type: 'stop'; readonly reason: StopReason; readonly sequence?: string | undefined }
  | { readonly type: 'error'; readonly error: UpstreamError }
  | { readonly type: 'end' };
