import { messagesReplyReader } from '../anthropic-messages/messages-reply-reader';
import { messagesReplyWriter } from '../anthropic-messages/messages-reply-writer';
import type { Dialect } from '../dialect';
import { readUpstreamError } from '../errors/read-upstream-error';
import { upstreamErrorBody } from '../errors/upstream-error-body';
import type { JsonObject } from '../json/json-value';
import { chatReplyReader } from '../openai-chat/chat-reply-reader';
import { chatReplyWriter } from '../openai-chat/chat-reply-writer';
import { responsesReplyReader } from '../openai-responses/responses-reply-reader';
import { responsesReplyWriter } from '../openai-responses/responses-reply-writer';
import { unwrapJsonTool } from '../reply/json-tool-reply';
import type { ReplyContext, ReplyReader, ReplyWriter } from '../reply/reply-codec.port';
import type { TokenUsage } from '../reply/reply-summary';
import { chatToMessages } from '../requests/chat-to-messages/chat-to-messages';
import { chatToResponses } from '../requests/chat-to-responses/chat-to-responses';
import { messagesToChat } from '../requests/messages-to-chat/messages-to-chat';
import { messagesToResponses } from '../requests/messages-to-responses/messages-to-responses';
import { RequestTranslation, type RequestTranslator, type TranslatedRequest } from '../requests/request-translation';
import { responsesToChat } from '../requests/responses-to-chat/responses-to-chat';
import { responsesToMessages } from '../requests/responses-to-messages/responses-to-messages';
import type { UpstreamTraits } from '../requests/upstream-traits';
import { refuseNoReply } from './refuse-no-reply';
import { StreamTranslation } from './stream-translation';

const REQUESTS: Readonly<Record<Dialect, Readonly<Partial<Record<Dialect, RequestTranslator>>>>> = {
  'openai-chat': { 'anthropic-messages': chatToMessages, 'openai-responses': chatToResponses },
  'openai-responses': { 'openai-chat': responsesToChat, 'anthropic-messages': responsesToMessages },
  'anthropic-messages': { 'openai-chat': messagesToChat, 'openai-responses': messagesToResponses },
};

const READERS: Readonly<Record<Dialect, ReplyReader>> = {
  'openai-chat': chatReplyReader,
  'openai-responses': responsesReplyReader,
  'anthropic-messages': messagesReplyReader,
};

const WRITERS: Readonly<Record<Dialect, ReplyWriter>> = {
  'openai-chat': chatReplyWriter,
  'openai-responses': responsesReplyWriter,
  'anthropic-messages': messagesReplyWriter,
};

/** What one attempt of a call needs, to speak another dialect than its client. */
export interface TranslationOptions {
  readonly client: Dialect;
  /** Another dialect than `client`. */
  readonly upstream: Dialect;
  /** The client's request, parsed. */
  readonly request: JsonObject;
  /** The upstream's own name of the model. */
  readonly upstreamModel: string;
  readonly traits: UpstreamTraits;
  readonly context: Omit<ReplyContext, 'request'>;
}

/** Stands between a client and an upstream of another dialect for one attempt of a call. */
export class Translation {
  /** Paths of what the upstream's dialect cannot say and was left out. */
  readonly dropped: readonly string[];
  private readonly translated: TranslatedRequest;
  private readonly context: ReplyContext;

  /** @throws SallyportError `dialect_unsupported` or `invalid_request`, naming the field that cannot be translated */
  constructor(private readonly options: TranslationOptions) {
    const { client, upstream, request, upstreamModel, traits, context } = options;
    const translate = REQUESTS[client][upstream];
    if (translate === undefined) throw new TypeError(`nothing to translate between ${client} and ${upstream}`);
    const translation = new RequestTranslation(upstreamModel, traits);
    this.translated = translate(request, translation);
    this.dropped = translation.dropped;
    this.context = { ...context, request };
  }

  /** The request in the upstream's dialect. */
  get body(): JsonObject {
    return this.translated.body;
  }

  /**
   * @param body a whole reply with a status below 300
   * @returns the reply in the client's dialect, and what it says it cost
   * @throws SallyportError `upstream_failed` or `invalid_request` when it is none
   */
  reply(body: JsonObject): { body: JsonObject; usage: TokenUsage | undefined } {
    const { client, upstream } = this.options;
    refuseNoReply(upstream, body);
    const read = READERS[upstream].read(body);
    const { jsonTool } = this.translated;
    const reply = jsonTool === undefined ? read : unwrapJsonTool(read, jsonTool);
    return { body: WRITERS[client].write(reply, this.context), usage: reply.usage };
  }

  /**
   * @param body a refusal with a status from 400; undefined when it is not JSON
   * @returns the refusal in the client's dialect
   */
  error(status: number, body: unknown, requestId: string): object {
    return upstreamErrorBody(this.options.client, readUpstreamError(status, body), requestId);
  }

  /**
   * For the reply as a stream.
   *
   * @param maxEventBytes largest single event of the upstream
   */
  openStream(maxEventBytes?: number): StreamTranslation {
    const { client, upstream } = this.options;
    const { jsonTool } = this.translated;
    return new StreamTranslation(
      READERS[upstream].openStream(),
      WRITERS[client].openStream(this.context),
      jsonTool,
      maxEventBytes,
    );
  }
}
