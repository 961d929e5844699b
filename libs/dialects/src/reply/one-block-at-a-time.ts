import { isObject, parseJson } from '../json/json-value';
import type { ReplyEvent } from './reply-event';

type ToolEvent = Extract<ReplyEvent, { call: number }>;
type ToolStart = Extract<ReplyEvent, { type: 'tool-start' }>;

/** Something that has to wait until the tool call before it is finished. */
interface Waiting {
  /** Number of the tool call; undefined for text and reasoning. */
  readonly call: number | undefined;
  readonly events: ReplyEvent[];
}

/**
 * Puts the events of one streamed reply into an order in which a tool call is never interrupted. Clients that read
 * content block by block need that, while upstreams may interleave calls and put text between their pieces.
 *
 * Behind `tool-start` follow only arguments of that call and its `tool-end`; what arrives meanwhile is held back and
 * comes whole afterwards, in the order in which it began. A call whose arguments are complete ends as soon as something
 * else wants to begin. `start`, `usage` and `error` pass at once; `stop` and `end` only after all content.
 */
export class OneBlockAtATime {
  private open: { readonly call: number; arguments: string } | undefined;
  private waiting: Waiting[] = [];

  /** @returns what may go out now, in order */
  push(event: ReplyEvent): readonly ReplyEvent[] {
    switch (event.type) {
      case 'start':
      case 'usage':
      case 'error':
        return [event];
      case 'stop':
      case 'end':
        return this.open === undefined ? [event] : [...this.drain(), event];
      case 'tool-start':
      case 'tool-arguments':
      case 'tool-end':
        return this.tool(event);
      default:
        if (this.open === undefined) return [event];
        this.hold(undefined, event);
        return this.release();
    }
  }

  private tool(event: ToolEvent): readonly ReplyEvent[] {
    if (event.type === 'tool-start') return this.begin(event);
    if (event.call !== this.open?.call) {
      this.hold(event.call, event);
      return [];
    }
    if (event.type === 'tool-end') {
      this.open = undefined;
      return [event, ...this.release()];
    }
    this.open.arguments += event.delta;
    return this.waiting.length === 0 ? [event] : [event, ...this.release()];
  }

  private begin(event: ToolStart): readonly ReplyEvent[] {
    if (this.open === undefined) {
      this.open = { call: event.call, arguments: '' };
      return [event];
    }
    this.waiting.push({ call: event.call, events: [event] });
    return this.release();
  }

  /** Arguments that come behind the end of their call have nowhere to go. */
  private hold(call: number | undefined, event: ReplyEvent): void {
    const place = call === undefined ? this.waiting.at(-1) : this.waiting.find((block) => block.call === call);
    if (place !== undefined && place.call === call) place.events.push(event);
    else if (call === undefined) this.waiting.push({ call, events: [event] });
  }

  /** Lets out what waits, up to a call that is not finished yet. */
  private release(): ReplyEvent[] {
    const out: ReplyEvent[] = [];
    for (;;) {
      if (this.waiting.length === 0) return out;
      if (this.open !== undefined) {
        if (!isWhole(this.open.arguments)) return out;
        out.push(this.close(this.open.call));
      }
      const next = this.waiting.shift();
      if (next !== undefined) this.letOut(next, out);
    }
  }

  private letOut(block: Waiting, out: ReplyEvent[]): void {
    for (const event of block.events) {
      if (event.type === 'tool-start') this.open = { call: event.call, arguments: '' };
      else if (event.type === 'tool-arguments' && this.open !== undefined) this.open.arguments += event.delta;
      else if (event.type === 'tool-end') this.open = undefined;
      out.push(event);
    }
  }

  private close(call: number): ReplyEvent {
    this.open = undefined;
    return { type: 'tool-end', call };
  }

  private drain(): ReplyEvent[] {
    const out: ReplyEvent[] = [];
    while (this.open !== undefined) {
      out.push(this.close(this.open.call), ...this.release());
    }
    return out;
  }
}

function isWhole(text: string): boolean {
  return text.trimEnd().endsWith('}') && isObject(parseJson(text));
}
