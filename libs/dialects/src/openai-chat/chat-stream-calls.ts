import { isObject, objectOf, parseJson, textOf, type JsonObject } from '../json/json-value';
import type { ReplyEvent } from '../reply/reply-event';
import { argumentsText } from './chat-tool-call';

interface Call {
  readonly index: number | undefined;
  id: string;
  /** Counts the calls that were begun; undefined until the name is known. */
  number: number | undefined;
  arguments: string;
}

/**
 * The tool calls of one chat stream. Their deltas may interleave; a first one may hold all of its call, id and name may
 * be repeated, and where the index is missing the id tells the calls apart.
 */
export class ChatStreamCalls {
  private readonly calls: Call[] = [];
  private begun = 0;

  /** Whether the reply calls a tool. */
  get any(): boolean {
    return this.begun > 0;
  }

  /** @param delta of the first choice */
  read(delta: JsonObject): ReplyEvent[] {
    const { tool_calls: calls, function_call: call } = delta;
    if (Array.isArray(calls)) return calls.filter(isObject).flatMap((item) => this.add(item));
    // What calls were named before there could be several.
    return isObject(call) ? this.add({ index: 0, function: call }) : [];
  }

  /** No more deltas can come. */
  end(): ReplyEvent[] {
    return this.calls.flatMap(({ number: call }) => (call === undefined ? [] : [{ type: 'tool-end', call }]));
  }

  private add(delta: JsonObject): ReplyEvent[] {
    const fn = objectOf(delta['function']);
    const name = textOf(fn['name']) ?? '';
    const id = textOf(delta['id']) ?? '';
    const text = argumentsText(fn['arguments']);
    const call = this.find(delta['index'], id, name !== '' && text !== '');
    if (call.id === '') call.id = this.unused(id);
    call.arguments += text;
    if (call.number !== undefined) {
      return text === '' ? [] : [{ type: 'tool-arguments', call: call.number, delta: text }];
    }
    return name === '' ? [] : this.begin(call, name);
  }

  /** Arguments may have come before the name. */
  private begin(call: Call, name: string): ReplyEvent[] {
    const number = this.begun;
    this.begun += 1;
    call.number = number;
    const start: ReplyEvent = { type: 'tool-start', call: number, id: call.id, name };
    if (call.arguments === '') return [start];
    return [start, { type: 'tool-arguments', call: number, delta: call.arguments }];
  }

  /** @param isFull whether the delta could be the whole of another call */
  private find(position: unknown, id: string, isFull: boolean): Call {
    const index = typeof position === 'number' ? position : undefined;
    const known = index === undefined ? this.unnumbered(id) : this.calls.findLast((call) => call.index === index);
    if (known !== undefined && !(isFull && isAnother(known, index, id))) return known;
    const call = { index, id: this.unused(id), number: undefined, arguments: '' };
    this.calls.push(call);
    return call;
  }

  /** Two calls of one id could not be answered apart: the second one gets an id of the writer's. */
  private unused(id: string): string {
    return this.calls.some((call) => call.id === id) ? '' : id;
  }

  private unnumbered(id: string): Call | undefined {
    return id === '' ? this.calls.at(-1) : this.calls.findLast((call) => call.id === id);
  }
}

/** Some servers give every call of a reply the same index, or neither index nor id; each comes in one piece then. */
function isAnother(known: Call, index: number | undefined, id: string): boolean {
  const isNamedApart = id === '' ? index === undefined : id !== known.id;
  return isNamedApart && known.number !== undefined && isObject(parseJson(known.arguments));
}
