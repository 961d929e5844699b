import type { AssistantReply, ReplyContent } from './assistant-reply';
import type { ReplyEvent } from './reply-event';

/**
 * A model without structured output of its own is made to answer in JSON by a tool that it has to call. For the client
 * there never was such a tool: its call is the text of the reply.
 *
 * What the model said beside the call is left out, for the text would no longer be JSON. A reply in which the tool is
 * not called stays as it is.
 *
 * @param name of the tool that was added
 */
export function unwrapJsonTool(reply: AssistantReply, name: string): AssistantReply {
  const call = reply.content.find((content) => isCallOf(content, name));
  if (call?.type !== 'tool-call') return reply;
  const content = reply.content.flatMap((piece): ReplyContent[] => {
    if (piece === call) return [{ type: 'text', text: call.arguments }];
    return piece.type === 'text' || isCallOf(piece, name) ? [] : [piece];
  });
  const waitsForResults = content.some(({ type }) => type === 'tool-call');
  return { ...reply, content, stop: stopReason(reply.stop, waitsForResults) };
}

/** Does the same to the events of one streamed reply. */
export class JsonToolStream {
  /** Text of the model that goes out at the end, unless the tool was called. */
  private held = '';
  private jsonCall: number | undefined;
  private jsonBegun = false;
  /** Calls of other tools, by the number that the upstream gave them, and the numbers that the client sees. */
  private readonly calls = new Map<number, number>();
  /** Further calls of the same tool: one answer is enough. */
  private readonly ignored = new Set<number>();

  /** @param name of the tool that was added */
  constructor(private readonly name: string) {}

  /** @returns what the client is to be told instead of `event` */
  map(event: ReplyEvent): ReplyEvent[] {
    switch (event.type) {
      case 'text':
        this.held += event.delta;
        return [];
      case 'tool-start':
        return this.start(event);
      case 'tool-arguments':
        if (event.call === this.jsonCall) return this.json(event.delta);
        return this.renumbered(event);
      case 'tool-end':
        if (event.call === this.jsonCall) return this.jsonBegun ? [] : this.json('{}');
        return this.renumbered(event);
      case 'stop':
        return this.stop(event);
      default:
        return [event];
    }
  }

  private start(event: Extract<ReplyEvent, { type: 'tool-start' }>): ReplyEvent[] {
    if (event.name !== this.name) {
      this.calls.set(event.call, this.calls.size);
      return this.renumbered(event);
    }
    if (this.jsonCall === undefined) this.jsonCall = event.call;
    else this.ignored.add(event.call);
    return [];
  }

  private json(delta: string): ReplyEvent[] {
    if (delta === '') return [];
    this.jsonBegun = true;
    return [{ type: 'text', delta }];
  }

  private renumbered(event: Extract<ReplyEvent, { call: number }>): ReplyEvent[] {
    if (this.ignored.has(event.call)) return [];
    return [{ ...event, call: this.calls.get(event.call) ?? event.call }];
  }

  private stop(event: Extract<ReplyEvent, { type: 'stop' }>): ReplyEvent[] {
    if (this.jsonCall !== undefined) return [{ ...event, reason: stopReason(event.reason, this.calls.size > 0) }];
    return this.held === '' ? [event] : [{ type: 'text', delta: this.held }, event];
  }
}

function isCallOf(content: ReplyContent, name: string): boolean {
  return content.type === 'tool-call' && content.name === name;
}

function stopReason(stop: AssistantReply['stop'], waitsForResults: boolean): AssistantReply['stop'] {
  return stop === 'tool-calls' && !waitsForResults ? 'end' : stop;
}
