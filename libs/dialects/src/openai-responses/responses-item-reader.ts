import { textOf, type JsonObject } from '../json/json-value';
import type { ReplyEvent } from '../reply/reply-event';
import {
  callArguments,
  callId,
  messageParts,
  partsOf,
  reasoningSeal,
  SUMMARY_SEPARATOR,
} from './responses-reply-content';

/** What a piece of an output item belongs to. */
export type ItemPart = 'text' | 'refusal' | 'summary' | 'reasoning' | 'arguments';

/**
 * Follows one output item of a stream. What arrives in deltas comes again whole, once or more: only what has not been
 * told yet is told then, so upstreams that send no deltas are understood too.
 */
export class ItemReader {
  private done = false;
  private call: number | undefined;
  /** Characters told, by part and its index. */
  private readonly told = new Map<string, number>();
  /** Reasoning is shown as a summary or in its own words: whichever comes first is told. */
  private reasoningPart: ItemPart | undefined;

  /** @param nextCall numbers the tool calls of the reply */
  constructor(private readonly nextCall: () => number) {}

  /** The item appears, as far as it is known. */
  begin(item: JsonObject): ReplyEvent[] {
    if (!isCall(item) || this.call !== undefined) return [];
    this.call = this.nextCall();
    return [{ type: 'tool-start', call: this.call, id: callId(item), name: textOf(item['name']) ?? '' }];
  }

  /** More of a part. */
  delta(part: ItemPart, index: number, delta: string): ReplyEvent[] {
    const key = `${part} ${index}`;
    const before = this.told.get(key);
    if (delta === '' || !this.mayTell(part)) return [];
    this.told.set(key, (before ?? 0) + delta.length);
    const isNextSummary = part === 'summary' && before === undefined && this.told.size > 1;
    return [this.event(part, isNextSummary ? SUMMARY_SEPARATOR + delta : delta)];
  }

  /** The whole of a part: tells what no delta has told. */
  whole(part: ItemPart, index: number, text: string): ReplyEvent[] {
    return this.delta(part, index, text.slice(this.told.get(`${part} ${index}`) ?? 0));
  }

  /** The item is over and known whole. Does nothing the second time. */
  finish(item: JsonObject): ReplyEvent[] {
    if (this.done) return [];
    this.done = true;
    if (isCall(item))
      return [...this.begin(item), ...this.whole('arguments', 0, callArguments(item)), ...this.endCall()];
    if (item['type'] === 'message') return messageParts(item).flatMap((part, index) => this.wholeContent(part, index));
    return item['type'] === 'reasoning' ? this.finishReasoning(item) : [];
  }

  /** The reply is over, whatever was still to come of the item. */
  abandon(): ReplyEvent[] {
    return this.done ? [] : this.endCall();
  }

  /** One part of a message, known whole. */
  wholeContent(part: JsonObject, index: number): ReplyEvent[] {
    if (part['type'] === 'output_text') return this.whole('text', index, textOf(part['text']) ?? '');
    return part['type'] === 'refusal' ? this.whole('refusal', index, textOf(part['refusal']) ?? '') : [];
  }

  private finishReasoning(item: JsonObject): ReplyEvent[] {
    const whole = (part: ItemPart, list: unknown): ReplyEvent[] =>
      partsOf(list).flatMap(({ text }, index) => this.whole(part, index, textOf(text) ?? ''));
    const events = [...whole('summary', item['summary']), ...whole('reasoning', item['content'])];
    const signature = reasoningSeal(item);
    return signature === undefined ? events : [...events, { type: 'reasoning-signature', signature }];
  }

  private mayTell(part: ItemPart): boolean {
    if (part === 'arguments') return this.call !== undefined;
    if (part !== 'summary' && part !== 'reasoning') return true;
    this.reasoningPart ??= part;
    return this.reasoningPart === part;
  }

  private event(part: ItemPart, delta: string): ReplyEvent {
    if (part === 'arguments') return { type: 'tool-arguments', call: this.call ?? 0, delta };
    return { type: part === 'summary' ? 'reasoning' : part, delta };
  }

  private endCall(): ReplyEvent[] {
    return this.call === undefined ? [] : [{ type: 'tool-end', call: this.call }];
  }
}

function isCall(item: JsonObject): boolean {
  return item['type'] === 'function_call' || item['type'] === 'custom_tool_call';
}
