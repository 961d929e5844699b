import type { TokenUsage } from './reply-summary';

/**
 * Why a reply ended. `end`: the model was done; `stop-sequence`: a stop sequence was met; `length`: a token limit or
 * the context window was reached; `tool-calls`: the model waits for results; `refusal`: it was refused or filtered.
 */
export type StopReason = 'end' | 'stop-sequence' | 'length' | 'tool-calls' | 'refusal';

/** One piece of a reply. Every dialect says these few things, so a reply is translated by way of them. */
export type ReplyContent =
  | ReasoningContent
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'refusal'; readonly text: string }
  | {
      readonly type: 'tool-call';
      readonly id: string;
      readonly name: string;
      /** JSON text of an object; `{}` when the call has no arguments, as it came when it was cut off. */
      readonly arguments: string;
    };

export interface ReasoningContent {
  readonly type: 'reasoning';
  /** What may be shown of it; empty when the upstream keeps it to itself. */
  readonly text: string;
  /** Proof that the upstream wants back unchanged: a signature, or its own reasoning under seal. */
  readonly signature?: string | undefined;
  /** Reasoning that the upstream hides (`redacted_thinking`), to be sent back as it is. */
  readonly redacted?: string | undefined;
}

/** A whole reply, free of any dialect. */
export interface AssistantReply {
  /** The upstream's id; an empty string when it gave none. */
  readonly id: string;
  /** Seconds since the epoch; undefined when the upstream did not say. */
  readonly created: number | undefined;
  readonly content: readonly ReplyContent[];
  readonly stop: StopReason;
  /** The sequence that was met, when the upstream names it. */
  readonly stopSequence?: string | undefined;
  readonly usage: TokenUsage | undefined;
}
