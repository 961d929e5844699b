import { memberOf, SseDecoder } from '@sallyport/dialects';
import type { RestoredText } from '../ledger/ledger-entry';
import { CHAT_REPLY } from '../positions/chat-reply.positions';
import { COMPLETIONS_REPLY } from '../positions/completions-reply.positions';
import type { MaskedEndpoint } from '../positions/masked-endpoint';
import { AnthropicEventRestorer } from './anthropic-event-restorer';
import { ChoiceEventRestorer, type ChunkForm } from './choice-event-restorer';
import { CHAT_CHOICE, COMPLETIONS_CHOICE } from './choice-lanes';
import type { EventRestorer } from './event-restorer.port';
import { ReplySession, type RestoreOptions } from './reply-session';
import { ResponsesEventRestorer } from './responses-event-restorer';
import { restoreBody } from './restore-body';
import type { RestoreCounts } from './restore-counts';

/** Restores one reply, whole or streamed. */
export interface ReplyRestorer {
  /** Restores a whole body. */
  body(text: string): string;
  /**
   * Begins a streamed reply.
   *
   * @param maxEventBytes largest event that is accepted
   */
  stream(maxEventBytes?: number): StreamRestorer;
  /** What became of the tokens so far. */
  readonly outcomes: RestoreCounts;
  /** The texts so far that must be masked to what the model wrote when they come back. */
  readonly texts: readonly RestoredText[];
  /** Id of a reply of the Responses API, under which a later request may continue it. */
  readonly responseId: string | undefined;
  /** Id of the conversation of the Responses API that the reply belongs to. */
  readonly conversationId: string | undefined;
}

/** Restores a stream of server-sent events as its bytes arrive. */
interface StreamRestorer {
  /**
   * @returns the bytes to send for the next bytes of the reply
   * @throws SseEventTooLargeError when an event exceeds the limit
   */
  push(chunk: Uint8Array): Uint8Array[];
  /** Ends the reply: an event that was left unfinished, then what was held back. */
  end(): Uint8Array[];
  /** Ends a reply that broke off: what was held back. */
  breakOff(): Uint8Array[];
  /** Whether the event that ends the reply has been pushed, so that what must be remembered is known. */
  readonly complete: boolean;
  /** The `sequence_number` of an event that would be added now, in streams that number their events. */
  readonly nextSequenceNumber: number;
}

/** Makes what restores one reply of an endpoint. */
export function createReplyRestorer(endpoint: MaskedEndpoint, options: RestoreOptions): ReplyRestorer {
  return new SessionRestorer(endpoint, new ReplySession(options));
}

class SessionRestorer implements ReplyRestorer {
  constructor(
    private readonly endpoint: MaskedEndpoint,
    private readonly session: ReplySession,
  ) {}

  body(text: string): string {
    return restoreBody(this.endpoint, text, this.session);
  }

  stream(maxEventBytes?: number): StreamRestorer {
    const events = EVENT_RESTORERS[this.endpoint](this.session);
    return new EventStreamRestorer(events, new SseDecoder(maxEventBytes), (text) => this.body(text));
  }

  get outcomes(): RestoreCounts {
    return this.session.record.counts;
  }

  get texts(): readonly RestoredText[] {
    return this.session.record.texts;
  }

  get responseId(): string | undefined {
    return this.session.responseId;
  }

  get conversationId(): string | undefined {
    return this.session.conversationId;
  }
}

const CHAT_CHUNK: ChunkForm = {
  reply: CHAT_REPLY,
  news: { ...CHAT_REPLY, root: '@message' },
  newsOf: (choice) => memberOf(choice, 'delta'),
  choice: CHAT_CHOICE,
};
const COMPLETIONS_CHUNK: ChunkForm = {
  reply: COMPLETIONS_REPLY,
  news: { ...COMPLETIONS_REPLY, root: '@choice' },
  newsOf: (choice) => choice,
  choice: COMPLETIONS_CHOICE,
};

/** What has no stream of its own may still answer with one that tells of an error. */
const EVENT_RESTORERS: Readonly<Record<MaskedEndpoint, (session: ReplySession) => EventRestorer>> = {
  'openai-chat': (session) => new ChoiceEventRestorer(CHAT_CHUNK, session),
  'openai-completions': (session) => new ChoiceEventRestorer(COMPLETIONS_CHUNK, session),
  'openai-embeddings': (session) => new ChoiceEventRestorer(COMPLETIONS_CHUNK, session),
  'openai-responses': (session) => new ResponsesEventRestorer(session),
  'anthropic-messages': (session) => new AnthropicEventRestorer(session),
  'anthropic-count-tokens': (session) => new AnthropicEventRestorer(session),
};

const BLANK_LINE = Buffer.from('\n\n');

/** Events are passed on as soon as they are complete, and those without anything to restore as the bytes that came. */
class EventStreamRestorer implements StreamRestorer {
  private hasBegun = false;

  /** @param restoreBody restores what turns out to be a whole body and no stream */
  constructor(
    private readonly events: EventRestorer,
    private readonly decoder: SseDecoder,
    private readonly restoreBody: (text: string) => string,
  ) {}

  push(chunk: Uint8Array): Uint8Array[] {
    const events = this.decoder.push(chunk);
    this.hasBegun ||= events.length > 0;
    return events.flatMap((event) => this.events.restore(event));
  }

  end(): Uint8Array[] {
    const unfinished = this.decoder.end();
    if (unfinished === undefined) return this.events.flush();
    if (!this.hasBegun && unfinished.data === undefined) {
      return [Buffer.from(this.restoreBody(Buffer.from(unfinished.raw).toString('utf8')))];
    }
    const last = this.events.restore(unfinished);
    const rest = this.events.flush();
    return rest.length === 0 ? last : [...last, BLANK_LINE, ...rest];
  }

  breakOff(): Uint8Array[] {
    return this.events.flush();
  }

  get complete(): boolean {
    return this.events.isComplete;
  }

  get nextSequenceNumber(): number {
    return this.events.nextSequenceNumber;
  }
}
