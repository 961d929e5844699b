import type { JsonObject } from '../json/json-value';
import type { SseEvent } from '../sse/sse-decoder';
import type { AssistantReply } from './assistant-reply';
import type { ReplyEvent } from './reply-event';

/** Reads the replies of one dialect. Never throws on what an upstream may send: the unknown is passed over. */
export interface ReplyReader {
  /** @param body a whole reply with a status below 300 that carries no error */
  read(body: JsonObject): AssistantReply;
  /** For one stream. */
  openStream(): ReplyStreamReader;
}

export interface ReplyStreamReader {
  /** @returns what the event means, in order; nothing for a ping, a comment or an unknown event */
  read(event: SseEvent): ReplyEvent[];
  /** The body is over: what is still due, `end` included when the stream may count as complete without more. */
  finish(): ReplyEvent[];
}

/** What a writer knows of the call that it answers. */
export interface ReplyContext {
  /** Model name to show to the client. */
  readonly model: string;
  /** The client's request, for what a reply repeats of it and for options such as `include_usage`. */
  readonly request: JsonObject;
  /** A guess at the input tokens, for a stream that must name them before the upstream does. */
  readonly estimatedInputTokens: number;
  /** What Anthropic clients are told when a reply was filtered. */
  readonly filteredStopReason: 'refusal' | 'stop_sequence';
  /** Seconds since the epoch. */
  readonly now: () => number;
  /** A fresh id of 24 letters and digits, to be put behind a prefix such as `msg_`. */
  readonly newId: () => string;
}

/** Writes the replies of one dialect. */
export interface ReplyWriter {
  write(reply: AssistantReply, context: ReplyContext): JsonObject;
  /** For one stream. */
  openStream(context: ReplyContext): ReplyStreamWriter;
}

export interface ReplyStreamWriter {
  /** @returns whole server-sent events as text; an empty string when there is nothing to say yet */
  write(event: ReplyEvent): string;
}
