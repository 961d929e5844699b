import { SseDecoder } from '@sallyport/dialects';
import type { TokenGrants } from '../grants/token-grants';
import { AnthropicEventRestorer } from './anthropic-event-restorer';
import type { EventRestorer } from './event-restorer.port';
import { OpenAiEventRestorer } from './openai-event-restorer';
import { restoreBody } from './restore-body';
import type { MaskedEndpoint } from '../positions/masked-endpoint';

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
}

/** @param grants the tokens of the request that the reply belongs to; no other token is restored */
export function createReplyRestorer(dialect: MaskedEndpoint, grants: TokenGrants): ReplyRestorer {
  return {
    body: (text) => restoreBody(dialect, text, grants),
    stream: (maxEventBytes) => new StreamRestorer(EVENT_RESTORERS[dialect](grants), new SseDecoder(maxEventBytes)),
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

/**
 * Restores a stream of server-sent events as its bytes arrive. Events are passed on as soon as they are complete, and
 * those without anything to restore as the very bytes that came.
 */
export class StreamRestorer {
  constructor(
    private readonly events: EventRestorer,
    private readonly decoder: SseDecoder,
  ) {}

  /**
   * @returns the bytes to send for the next bytes of the reply
   * @throws SseEventTooLargeError when an event exceeds the limit
   */
  push(chunk: Uint8Array): Uint8Array[] {
    return this.decoder.push(chunk).flatMap((event) => this.events.restore(event));
  }

  /** Ends the reply: what was held back, then the bytes of an event that was left unfinished. */
  end(): Uint8Array[] {
    const unfinished = this.decoder.end();
    return [...this.events.flush(), ...(unfinished === undefined ? [] : [unfinished.raw])];
  }
}
