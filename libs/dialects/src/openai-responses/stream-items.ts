import type { JsonObject } from '../json/json-value';
import type { CallItem, ItemStatus } from './output-items';
import { customInput, messageItem, reasoningItem, refusalPart, summaryPart, textPart } from './output-items';

/** Writes an event of the open item; its id and its place in the output are added. */
export type ItemEvents = (type: string, fields: JsonObject) => void;

/** The output item that a stream is writing. Its first and last event are the stream's. */
export interface StreamItem {
  readonly id: string;
  /** The item as it is announced. */
  readonly announced: JsonObject;
  /** Writes what is due before the item's last event. @returns the item, complete */
  end(status: ItemStatus): JsonObject;
}

const NO_LOGPROBS: readonly never[] = [];

/** A message: parts of text and refusal, one after the other. */
export class MessageStreamItem implements StreamItem {
  readonly announced: JsonObject;
  private readonly parts: JsonObject[] = [];
  private open: { readonly kind: 'output_text' | 'refusal'; text: string } | undefined;

  constructor(
    readonly id: string,
    private readonly emit: ItemEvents,
  ) {
    this.announced = messageItem(id, [], 'in_progress');
  }

  add(kind: 'output_text' | 'refusal', delta: string): void {
    if (this.open?.kind !== kind) this.begin(kind);
    if (this.open !== undefined) this.open.text += delta;
    const content_index = this.parts.length;
    if (kind === 'refusal') this.emit('response.refusal.delta', { content_index, delta });
    else this.emit('response.output_text.delta', { content_index, delta, logprobs: NO_LOGPROBS });
  }

  end(status: ItemStatus): JsonObject {
    this.endPart();
    return messageItem(this.id, this.parts, status);
  }

  private begin(kind: 'output_text' | 'refusal'): void {
    this.endPart();
    this.open = { kind, text: '' };
    this.emit('response.content_part.added', { content_index: this.parts.length, part: partOf(kind, '') });
  }

  private endPart(): void {
    if (this.open === undefined) return;
    const { kind, text } = this.open;
    const content_index = this.parts.length;
    const part = partOf(kind, text);
    if (kind === 'output_text') this.emit('response.output_text.done', { content_index, text, logprobs: NO_LOGPROBS });
    else this.emit('response.refusal.done', { content_index, refusal: text });
    this.emit('response.content_part.done', { content_index, part });
    this.parts.push(part);
  }
}

/** Reasoning: at most one part of a summary, and at its end what the upstream wants back. */
export class ReasoningStreamItem implements StreamItem {
  readonly announced: JsonObject;
  signature: string | undefined;
  redacted: string | undefined;
  private text = '';

  constructor(
    readonly id: string,
    private readonly emit: ItemEvents,
  ) {
    this.announced = reasoningItem(id, { text: '' });
  }

  add(delta: string): void {
    if (this.text === '')
      this.emit('response.reasoning_summary_part.added', { summary_index: 0, part: summaryPart('') });
    this.text += delta;
    this.emit('response.reasoning_summary_text.delta', { summary_index: 0, delta });
  }

  end(): JsonObject {
    const { text, signature, redacted } = this;
    if (text !== '') {
      this.emit('response.reasoning_summary_text.done', { summary_index: 0, text });
      this.emit('response.reasoning_summary_part.done', { summary_index: 0, part: summaryPart(text) });
    }
    return reasoningItem(this.id, { text, signature, redacted });
  }
}

/** A tool call. Free text for a custom tool is known only when the arguments around it are complete. */
export class CallStreamItem implements StreamItem {
  readonly id: string;
  readonly announced: JsonObject;
  private args = '';

  constructor(
    private readonly call: CallItem,
    private readonly emit: ItemEvents,
  ) {
    this.id = call.id;
    this.announced = call.item('', 'in_progress');
  }

  add(delta: string): void {
    this.args += delta;
    if (!this.call.custom) this.emit('response.function_call_arguments.delta', { delta });
  }

  end(status: ItemStatus): JsonObject {
    if (this.args === '') this.add('{}');
    if (this.call.custom) {
      const input = customInput(this.args);
      this.emit('response.custom_tool_call_input.delta', { delta: input });
      this.emit('response.custom_tool_call_input.done', { input });
    } else this.emit('response.function_call_arguments.done', { arguments: this.args });
    return this.call.item(this.args, status);
  }
}

function partOf(kind: 'output_text' | 'refusal', text: string): JsonObject {
  return kind === 'output_text' ? textPart(text) : refusalPart(text);
}
