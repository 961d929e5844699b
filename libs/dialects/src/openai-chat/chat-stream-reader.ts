import { NOT_JSON } from '../errors/broken-stream';
import { readStreamError } from '../errors/read-upstream-error';
import { isObject, objectOf, parseJson, textOf, type JsonObject } from '../json/json-value';
import type { ReplyStreamReader } from '../reply/reply-codec.port';
import type { ReplyEvent } from '../reply/reply-event';
import type { SseEvent } from '../sse/sse-decoder';
import { readContent, reasoningPieces, reasoningText } from './chat-content';
import { readFinishReason } from './chat-stop-reason';
import { ChatStreamCalls } from './chat-stream-calls';
import { chunkError, DONE } from './chat-stream-event';
import { chunkUsage } from './chat-usage';
import { createdSeconds } from './read-chat-reply';

const UNFINISHED = 'The upstream ended its reply before it was finished';

/**
 * Reads one streamed chat completion, of several choices the first. Usage may come on any chunk or behind the last
 * one, so the reply is not over with its `finish_reason`; without one it was cut off, even where `[DONE]` comes.
 * Source: https://platform.openai.com/docs/api-reference/chat-streaming
 */
export class ChatStreamReader implements ReplyStreamReader {
  private readonly calls = new ChatStreamCalls();
  private started = false;
  private finishReason: string | undefined;
  private stopped = false;
  private ended = false;
  /** Whether reasoning came as plain text, so that the same in pieces adds nothing but proofs. */
  private reasonsPlainly = false;
  private lastWasReasoning = false;
  private hasReasoned = false;

  read(event: SseEvent): ReplyEvent[] {
    if (this.ended || event.data === undefined) return [];
    const data = event.data.trim();
    if (data === DONE) return this.finishReason === undefined ? this.fail({ message: UNFINISHED }) : this.end();
    const chunk = parseJson(data);
    if (event.event === 'error') return this.fail(chunk ?? data);
    if (chunk === undefined && data !== '') return this.fail({ message: NOT_JSON });
    if (!isObject(chunk)) return [];
    const error = chunkError(chunk);
    return error === undefined ? this.readChunk(chunk) : this.fail(error);
  }

  finish(): ReplyEvent[] {
    return this.ended || this.finishReason === undefined ? [] : this.end();
  }

  private readChunk(chunk: JsonObject): ReplyEvent[] {
    const usage = chunkUsage(chunk);
    const choice = firstChoice(chunk['choices']);
    // Azure begins with a chunk that says nothing, not even the id.
    if (choice === undefined && usage === undefined) return [];
    const out = this.start(chunk);
    if (choice !== undefined && !this.stopped) this.readChoice(choice, out);
    if (usage !== undefined) out.push({ type: 'usage', usage });
    // A chunk of usage alone is the last but `[DONE]`.
    if (choice === undefined && this.finishReason !== undefined) out.push(...this.stop());
    return out;
  }

  private readChoice(choice: JsonObject, out: ReplyEvent[]): void {
    const delta = objectOf(choice['delta']);
    const said = readContent(delta);
    this.readReasoning(delta, said.reasoning, out);
    if (said.text !== '') this.say({ type: 'text', delta: said.text }, out);
    if (said.refusal !== '') this.say({ type: 'refusal', delta: said.refusal }, out);
    for (const event of this.calls.read(delta)) this.say(event, out);
    this.finishReason = textOf(choice['finish_reason']) || this.finishReason;
  }

  private readReasoning(delta: JsonObject, fromContent: string, out: ReplyEvent[]): void {
    const text = reasoningText(delta) || fromContent;
    if (text !== '') {
      this.reasonsPlainly = true;
      this.reason(text, out);
    }
    for (const piece of reasoningPieces(delta)) {
      if (piece.redacted !== undefined) this.say({ type: 'redacted-reasoning', data: piece.redacted }, out);
      else {
        if (piece.text !== '' && !this.reasonsPlainly) this.reason(piece.text, out);
        // A proof that comes late has lost the block that it belongs to.
        if (piece.signature !== undefined && (this.lastWasReasoning || !this.hasReasoned)) {
          this.say({ type: 'reasoning-signature', signature: piece.signature }, out);
          this.hasReasoned = true;
        }
      }
    }
  }

  private reason(delta: string, out: ReplyEvent[]): void {
    out.push({ type: 'reasoning', delta });
    this.lastWasReasoning = true;
    this.hasReasoned = true;
  }

  private say(event: ReplyEvent, out: ReplyEvent[]): void {
    out.push(event);
    this.lastWasReasoning = false;
  }

  private start(chunk: JsonObject): ReplyEvent[] {
    if (this.started) return [];
    this.started = true;
    return [{ type: 'start', id: textOf(chunk['id']) ?? '', created: createdSeconds(chunk['created']) }];
  }

  private stop(): ReplyEvent[] {
    if (this.stopped) return [];
    this.stopped = true;
    return [...this.calls.end(), { type: 'stop', reason: readFinishReason(this.finishReason, this.calls.any) }];
  }

  private end(): ReplyEvent[] {
    this.ended = true;
    return [...this.start({}), ...this.stop(), { type: 'end' }];
  }

  private fail(error: unknown): ReplyEvent[] {
    this.ended = true;
    return [{ type: 'error', error: readStreamError(error) }];
  }
}

/** Servers that know no more than one choice may leave its index out. */
function firstChoice(choices: unknown): JsonObject | undefined {
  if (!Array.isArray(choices)) return undefined;
  return choices.filter(isObject).find(({ index }) => index === 0 || index === undefined || index === null);
}
