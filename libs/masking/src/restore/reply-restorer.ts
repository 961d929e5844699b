import { SseDecoder } from '@sallyport/dialects';
import type { TokenGrants } from '../grants/token-grants';
import type { RestoredText } from '../ledger/ledger-entry';
import type { MaskedEndpoint } from '../positions/masked-endpoint';
import { AnthropicEventRestorer } from './anthropic-event-restorer';
import type { EventRestorer } from './event-restorer.port';
import { OpenAiEventRestorer } from './openai-event-restorer';
import { restoreBody } from './restore-body';
import { RestoreCounts } from './restore-counts';
import type { SinkRules } from './sink-rules';

export interface RestoreOptions {
  /** The tokens of the request that the reply belongs to; no other token is restored. */
  readonly grants: TokenGrants;
  readonly sinks: SinkRules;
  /**
   * Whether masking would change a text that the model wrote as it is.
   *
   * @param name of the JSON member whose value the text is, when there is one
   */
  readonly needsMemory: (text: string, name?: string) => boolean;
  /** How many characters of the reply are remembered at most; what goes beyond is not. 1 Mi unless given. */
  readonly rememberedCharacters?: number;
}

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
export interface StreamRestorer {
  /**
   * @returns the bytes to send for the next bytes of the reply
   * @throws SseEventTooLargeError when an event exceeds the limit
   */
  push(chunk: Uint8Array): Uint8Array[];
  /** Ends the reply: what was held back, then the bytes of an event that was left unfinished. */
  end(): Uint8Array[];
  /** Whether the event that ends the reply has been pushed, so that what must be remembered is known. */
  readonly complete: boolean;
  /** The `sequence_number` of an event that would be added now, in streams that number their events. */
  readonly nextSequenceNumber: number;
}

export function createReplyRestorer(endpoint: MaskedEndpoint, { grants }: RestoreOptions): ReplyRestorer {
  const outcomes = new RestoreCounts();
  return {
    body: (text) => restoreBody(endpoint, text, grants),
    stream: (maxEventBytes) =>
      new EventStreamRestorer(EVENT_RESTORERS[endpoint](grants), new SseDecoder(maxEventBytes)),
    outcomes,
    texts: [],
    responseId: undefined,
    conversationId: undefined,
  };
}

const EVENT_RESTORERS: Readonly<Record<MaskedEndpoint, (grants: TokenGrants) => EventRestorer>> = {
  'openai-chat': (grants) => new OpenAiEventRestorer(grants),
  'openai-responses': (grants) => new OpenAiEventRestorer(grants),
  'openai-completions': (grants) => new OpenAiEventRestorer(grants),
  'openai-embeddings': (grants) => new OpenAiEventRestorer(grants),
  'anthropic-messages': (grants) => new AnthropicEventRestorer(grants),
  'anthropic-count-tokens': (grants) => new AnthropicEventRestorer(grants),
};

/** Events are passed on as soon as they are complete, and those without anything to restore as the very bytes that came. */
class EventStreamRestorer implements StreamRestorer {
  readonly complete = false;
  readonly nextSequenceNumber = 0;

  constructor(
    private readonly events: EventRestorer,
    private readonly decoder: SseDecoder,
  ) {}

  push(chunk: Uint8Array): Uint8Array[] {
    return this.decoder.push(chunk).flatMap((event) => this.events.restore(event));
  }

  end(): Uint8Array[] {
    const unfinished = this.decoder.end();
    return [...this.events.flush(), ...(unfinished === undefined ? [] : [unfinished.raw])];
  }
}
