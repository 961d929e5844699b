import { SallyportError, type ReplyEvent } from '@sallyport/dialects';
import type { StreamPart } from './ai-models';
import { streamError } from './ai-sdk-error';
import { proofOf, secondsOf, stopOf, usageOf } from './read-result';

interface OpenCall {
  readonly call: number;
  hasArguments: boolean;
}

/** Reads the parts of one stream of the AI SDK. Parts that have no place in a chat completion are passed over. */
export class AiStreamReader {
  private id = '';
  private created: number | undefined;
  private started = false;
  private readonly calls = new Map<string, OpenCall>();
  private event: unknown;

  /**
   * @param proofsOf name under which the package keeps proofs of reasoning
   * @param statusOfEvent HTTP status that an error stands for, told by the event that brought it
   */
  constructor(
    private readonly proofsOf: string | undefined,
    private readonly statusOfEvent: ((event: unknown) => number | undefined) | undefined,
  ) {}

  /**
   * @returns what the part means, in order; nothing before the reply begins
   * @throws SallyportError `upstream_interrupted` (retryable) when the stream ended before the reply did, and what the
   * network threw
   */
  read(part: StreamPart): ReplyEvent[] {
    switch (part.type) {
      case 'response-metadata':
        this.id = part.id ?? this.id;
        this.created = secondsOf(part.timestamp) ?? this.created;
        return [];
      case 'raw':
        this.event = part.rawValue;
        return [];
      case 'text-delta':
        return part.delta === '' ? [] : this.say({ type: 'text', delta: part.delta });
      case 'reasoning-delta':
      case 'reasoning-end':
        return this.say(...this.reasoning(part));
      case 'tool-input-start':
        return part.providerExecuted === true ? [] : this.say(this.open(part.id, part.toolName));
      case 'tool-input-delta':
        return this.calls.has(part.id) ? this.say(...this.argumentsOf(part.id, part.delta)) : [];
      case 'tool-call':
        return part.providerExecuted === true ? [] : this.say(...this.wholeCall(part));
      case 'finish':
        return this.finish(part);
      case 'error':
        return [{ type: 'error', error: streamError(part.error, this.statusOfEvent?.(this.event)) }];
      default:
        return [];
    }
  }

  private say(...events: ReplyEvent[]): ReplyEvent[] {
    if (this.started || events.length === 0) return events;
    this.started = true;
    return [{ type: 'start', id: this.id, created: this.created }, ...events];
  }

  private reasoning(part: StreamPart & { type: 'reasoning-delta' | 'reasoning-end' }): ReplyEvent[] {
    const { signature, redacted } = proofOf(part.providerMetadata, this.proofsOf);
    const delta = part.type === 'reasoning-delta' ? part.delta : '';
    return [
      ...(delta === '' ? [] : [{ type: 'reasoning', delta } as const]),
      ...(signature === undefined ? [] : [{ type: 'reasoning-signature', signature } as const]),
      ...(redacted === undefined ? [] : [{ type: 'redacted-reasoning', data: redacted } as const]),
    ];
  }

  private open(id: string, name: string): ReplyEvent {
    const call = this.calls.size;
    this.calls.set(id, { call, hasArguments: false });
    return { type: 'tool-start', call, id, name };
  }

  private argumentsOf(id: string, delta: string): ReplyEvent[] {
    const open = this.calls.get(id);
    if (open === undefined || delta === '') return [];
    open.hasArguments = true;
    return [{ type: 'tool-arguments', call: open.call, delta }];
  }

  /** Ends a call that came in pieces, or is one that did not. */
  private wholeCall({ toolCallId, toolName, input }: StreamPart & { type: 'tool-call' }): ReplyEvent[] {
    const opening = this.calls.has(toolCallId) ? [] : [this.open(toolCallId, toolName)];
    const open = this.calls.get(toolCallId);
    const rest = open?.hasArguments === true ? [] : this.argumentsOf(toolCallId, input.trim());
    return [...opening, ...rest, { type: 'tool-end', call: open?.call ?? 0 }];
  }

  private finish({ finishReason, usage: counted }: StreamPart & { type: 'finish' }): ReplyEvent[] {
    // The packages end every stream; what the vendor itself said is only in `raw`.
    if (finishReason.raw === undefined) {
      throw new SallyportError('upstream_interrupted', 'The upstream’s stream ended too early', { retryable: true });
    }
    if (finishReason.unified === 'error') {
      return [{ type: 'error', error: streamError({ message: `The model stopped: ${finishReason.raw}` }, 502) }];
    }
    const usage = usageOf(counted);
    return this.say(
      ...(usage === undefined ? [] : [{ type: 'usage', usage } as const]),
      { type: 'stop', reason: stopOf(finishReason, this.calls.size > 0) },
      { type: 'end' },
    );
  }
}
