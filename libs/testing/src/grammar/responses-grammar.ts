import { isDeepStrictEqual } from 'node:util';
import { ResponseItemGrammar } from './response-item-grammar';
import type { SseFrame } from './sse-frames';
import { isCount, isFilled, isJson, isText, jsonOf, StreamGrammar, type Json } from './stream-grammar';

type Typed = Json & { readonly type: string };

/** What is the same in the response from its first event to its last. */
const CONSTANT = ['id', 'object', 'created_at', 'model'] as const;
const STATUS_OF: Readonly<Record<string, string>> = {
  'response.created': 'in_progress',
  'response.queued': 'queued',
  'response.in_progress': 'in_progress',
  'response.completed': 'completed',
  'response.incomplete': 'incomplete',
  'response.failed': 'failed',
};
const TERMINAL: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/**
 * The stream of a response: its creation, one output item after the other, and the response as a whole.
 * Source: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesGrammar extends StreamGrammar {
  private sequence = 0;
  private head: Json | undefined;
  private inProgress = false;
  private open: ResponseItemGrammar | undefined;
  private readonly items: ResponseItemGrammar[] = [];

  protected frame(frame: SseFrame): void {
    const data = this.typedData(frame);
    if (data === undefined) return;
    this.expect(data['sequence_number'] === this.sequence, `has a sequence_number other than ${this.sequence}`);
    this.sequence += 1;
    if (data.type === 'error') return this.error(data);
    if (Object.hasOwn(STATUS_OF, data.type)) return this.lifecycle(data, jsonOf(data['response']));
    this.expect(this.inProgress, 'comes before response.created and response.in_progress');
    this.itemEvent(data);
  }

  /** `[DONE]` behind the terminal event is allowed, and needless. */
  protected override mayFollow(frame: SseFrame): boolean {
    if (frame.data !== '[DONE]' || frame.event !== undefined || !TERMINAL.has(this.ended ?? '')) return false;
    this.ended = '[DONE]';
    return true;
  }

  private error(data: Typed): void {
    this.ended = 'the error';
    const error = isJson(data['error']) ? data['error'] : data;
    this.expect(
      isText(error['message']) && 'code' in error && 'param' in error,
      'is an error without message, code or param',
    );
  }

  private lifecycle(data: Typed, response: Json): void {
    const { type } = data;
    this.expect((this.head === undefined) === (type === 'response.created'), 'is not where response.created belongs');
    this.head ??= response;
    for (const key of CONSTANT) this.expect(response[key] === this.head[key], `changes ${key}`);
    const { id, object, created_at: created, model } = response;
    this.expect(isFilled(id) && object === 'response' && isCount(created) && isText(model), 'holds no response');
    this.expect(response['status'] === STATUS_OF[type], `holds a response that is ${String(response['status'])}`);
    if (TERMINAL.has(type)) return this.terminal(type, response);
    this.expect(isDeepStrictEqual(response['output'], []), 'begins with output');
    this.expect(!this.inProgress, 'comes behind response.in_progress');
    this.inProgress = type === 'response.in_progress';
  }

  private terminal(type: string, response: Json): void {
    this.ended = type;
    this.expect(this.inProgress, 'ends a response that never was in progress');
    this.expect(this.open === undefined, 'comes while an item is open');
    const told = this.items.map(({ item }) => item);
    this.expect(isDeepStrictEqual(response['output'], told), 'has other output than its items told');
    const { error } = response;
    if (type === 'response.failed') {
      this.expect(isJson(error) && isText(error['message']) && isText(error['code']), 'fails without an error');
      return;
    }
    this.expect(error === null, 'has an error but did not fail');
    this.usage(jsonOf(response['usage']));
    const details = response['incomplete_details'];
    const isReasonRight = type === 'response.completed' ? details === null : isFilled(jsonOf(details)['reason']);
    this.expect(isReasonRight, 'has the wrong incomplete_details');
    if (type === 'response.incomplete') return;
    for (const item of this.items) this.expect(item.hasArguments, 'completes although arguments are no JSON object');
  }

  private usage(usage: Json): void {
    const counts = [usage['input_tokens'], usage['output_tokens'], usage['total_tokens']];
    const cached = jsonOf(usage['input_tokens_details'])['cached_tokens'];
    const reasoning = jsonOf(usage['output_tokens_details'])['reasoning_tokens'];
    this.expect([...counts, cached, reasoning].every(isCount), 'has usage without all its counts');
  }

  private itemEvent(data: Typed): void {
    if (data.type === 'response.output_item.added') return this.addItem(data);
    const { open } = this;
    if (open === undefined) return this.problem(`is a ${data.type} while no item is open`);
    this.expect(data['output_index'] === this.items.length, 'has the output_index of another item');
    if (data.type !== 'response.output_item.done') return open.event(data);
    open.end(jsonOf(data['item']));
    this.items.push(open);
    this.open = undefined;
  }

  private addItem(data: Typed): void {
    this.expect(this.open === undefined, 'adds an item while another is open');
    this.expect(data['output_index'] === this.items.length, 'adds an item out of order');
    const item = jsonOf(data['item']);
    const isKnown = (key: string): boolean =>
      item[key] !== undefined && this.items.some((other) => other.item[key] === item[key]);
    this.expect(!isKnown('id') && !isKnown('call_id'), 'repeats the id of another item');
    this.open = new ResponseItemGrammar(item, this.expect);
  }
}
