import { responsesErrorFields } from '../errors/error-bodies';
import type { UpstreamError } from '../errors/upstream-error';
import { openAiUpstreamError } from '../errors/upstream-error-body';
import type { JsonObject } from '../json/json-value';
import type { StopReason } from '../reply/assistant-reply';
import { OneBlockAtATime } from '../reply/one-block-at-a-time';
import type { ReplyContext, ReplyStreamWriter } from '../reply/reply-codec.port';
import type { ReplyEvent } from '../reply/reply-event';
import type { TokenUsage } from '../reply/reply-summary';
import { CallItems, type ItemStatus } from './output-items';
import { endedResponse, incompleteReason, openResponse, responseHead, type ResponseHead } from './response-object';
import {
  CallStreamItem,
  MessageStreamItem,
  ReasoningStreamItem,
  type ItemEvents,
  type StreamItem,
} from './stream-items';

/**
 * Writes one stream of the Responses API: one item is open at a time, and it stays open until something else begins.
 * Source: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesStreamWriter implements ReplyStreamWriter {
  private readonly blocks = new OneBlockAtATime();
  private readonly calls: CallItems;
  private head: ResponseHead | undefined;
  private usage: TokenUsage | undefined;
  private stop: StopReason = 'end';
  private open: StreamItem | undefined;
  private place = '';
  private readonly output: JsonObject[] = [];
  private sequence = 0;
  /** Events written by the current call of {@link write}. */
  private text = '';

  constructor(private readonly context: ReplyContext) {
    this.calls = new CallItems(context);
  }

  write(event: ReplyEvent): string {
    this.text = '';
    for (const next of this.blocks.push(event)) this.writeNext(next);
    return this.text;
  }

  private writeNext(event: ReplyEvent): void {
    switch (event.type) {
      case 'start':
        this.start(event.id, event.created);
        return;
      case 'text':
      case 'refusal':
        if (event.delta !== '') this.message().add(event.type === 'text' ? 'output_text' : 'refusal', event.delta);
        return;
      case 'reasoning':
        if (event.delta !== '') this.reasoning().add(event.delta);
        return;
      case 'reasoning-signature':
      case 'redacted-reasoning':
        return this.proveReasoning(event);
      case 'tool-start':
        this.begin(new CallStreamItem(this.calls.create(event), this.emitOfItem));
        return;
      case 'tool-arguments':
        if (event.delta !== '' && this.open instanceof CallStreamItem) this.open.add(event.delta);
        return;
      case 'tool-end':
        return;
      case 'usage':
        this.usage = event.usage;
        return;
      case 'stop':
        this.stop = event.reason;
        return this.endItem(incompleteReason(event.reason) === undefined ? 'completed' : 'incomplete');
      case 'error':
        return this.fail(event.error);
      case 'end':
        return this.complete();
    }
  }

  private start(id: string, created: number | undefined): ResponseHead {
    const head = (this.head = responseHead(id, created, this.context));
    const response = openResponse(head, this.context);
    this.emit('response.created', { response });
    this.emit('response.in_progress', { response });
    return head;
  }

  private complete(): void {
    const { output, stop, usage, head = this.start('', undefined) } = this;
    const type = incompleteReason(stop) === undefined ? 'response.completed' : 'response.incomplete';
    this.emit(type, { response: endedResponse(head, this.context, { output, stop, usage }) });
  }

  private fail(error: UpstreamError): void {
    this.emit('error', responsesErrorFields(openAiUpstreamError(error)));
  }

  private message(): MessageStreamItem {
    if (this.open instanceof MessageStreamItem) return this.open;
    return this.begin(new MessageStreamItem(`msg_${this.context.newId()}`, this.emitOfItem));
  }

  private reasoning(): ReasoningStreamItem {
    if (this.open instanceof ReasoningStreamItem) return this.open;
    return this.begin(new ReasoningStreamItem(`rs_${this.context.newId()}`, this.emitOfItem));
  }

  /** A proof belongs to the reasoning before it; what the upstream hides stands alone. Both end the item. */
  private proveReasoning(event: Extract<ReplyEvent, { type: 'reasoning-signature' | 'redacted-reasoning' }>): void {
    if (event.type === 'reasoning-signature') {
      if (event.signature === '') return;
      this.reasoning().signature = event.signature;
    } else {
      this.endItem('completed');
      this.reasoning().redacted = event.data;
    }
    this.endItem('completed');
  }

  private begin<Item extends StreamItem>(item: Item): Item {
    this.endItem('completed');
    this.open = item;
    this.place = `"item_id":${JSON.stringify(item.id)},"output_index":${this.output.length},`;
    this.emit('response.output_item.added', { output_index: this.output.length, item: item.announced });
    return item;
  }

  private endItem(status: ItemStatus): void {
    if (this.open === undefined) return;
    const item = this.open.end(status);
    this.open = undefined;
    this.emit('response.output_item.done', { output_index: this.output.length, item });
    this.output.push(item);
  }

  private readonly emitOfItem: ItemEvents = (type, fields) => {
    this.emit(type, fields, this.place);
  };

  /**
   * Most events carry a few characters, so their JSON is put together from text.
   *
   * @param place members that all events of the open item share, as JSON
   */
  private emit(type: string, fields: JsonObject, place = ''): void {
    const members = JSON.stringify(fields).slice(1);
    this.text += `event: ${type}\ndata: {"type":"${type}","sequence_number":${this.sequence},${place}${members}\n\n`;
    this.sequence += 1;
  }
}
