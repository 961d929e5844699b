import {
  chatReplyWriter,
  DEFAULT_TRAITS,
  openAiUpstreamError,
  RequestTranslation,
  SallyportError,
  type Endpoint,
  type ReplyContext,
  type ReplyEvent,
  type UpstreamTraits,
} from '@sallyport/dialects';
import { readChatCall, type ChatCall } from '../chat/chat-call';
import { jsonReply, streamReply, withDropped } from '../chat/made-reply';
import type { HttpHeaders, HttpPort, HttpReply } from '../http/http.port';
import { revealedHeaders } from '../http/sendable-headers';
import type { Provider, ProviderCall } from '../provider.port';
import type { ProviderSettings } from '../provider-settings';
import type { AiModels, CallOptions, GenerateResult, LanguageModel, StreamPart } from './ai-models';
import { interruptionOf, refusalOf } from './ai-sdk-error';
import type { AiVendor } from './ai-vendor';
import { callOptionsOf } from './call-options';
import { embeddingsOf } from './embeddings';
import { PortFetch } from './port-fetch';
import { readResult } from './read-result';
import { AiStreamReader } from './stream-reader';

/** Client headers that speak of another API than the vendor's. */
const OF_OTHER_APIS = /^(?:accept|idempotency-key|anthropic-.*|openai-.*)$/;

/** A vendor whose API is spoken by its package of the AI SDK; the gateway sees chat completions and embeddings. */
export class AiSdkProvider implements Provider {
  readonly name: string;
  readonly apiBase: string;
  readonly endpoints: readonly Endpoint[];
  readonly traits: UpstreamTraits;
  /** Hold what may be a credential, so they are kept out of printed objects. */
  readonly #vendor: AiVendor;
  readonly #extraHeaders: Record<string, string>;
  readonly #network: PortFetch;
  #models: Promise<AiModels> | undefined;

  /** @throws RangeError when a header of the configuration cannot be sent */
  constructor(
    vendor: AiVendor,
    private readonly settings: Pick<
      ProviderSettings,
      'dropFields' | 'dropParams' | 'defaultMaxTokens' | 'extraHeaders'
    >,
    http: HttpPort,
  ) {
    const { dropParams, defaultMaxTokens, extraHeaders } = settings;
    this.name = vendor.name;
    this.apiBase = vendor.apiBase;
    this.endpoints = vendor.endpoints;
    this.traits = { ...DEFAULT_TRAITS, dropParams, defaultMaxTokens };
    this.#vendor = vendor;
    this.#network = new PortFetch(http);
    this.#extraHeaders = revealedHeaders(extraHeaders);
  }

  async call(call: ProviderCall): Promise<HttpReply> {
    if (!this.endpoints.includes(call.endpoint)) throw new TypeError(`${this.name} does not serve ${call.endpoint}`);
    const work = call.endpoint === 'openai-embeddings' ? () => this.embed(call) : () => this.converse(call);
    try {
      return await this.#network.within(call, work);
    } catch (error) {
      return refusalOf(error, call.signal);
    }
  }

  private async embed(call: ProviderCall): Promise<HttpReply> {
    const models = await this.models();
    return jsonReply(200, await embeddingsOf(call, this.#vendor, models.embeddingModel(call.model)));
  }

  private async converse(call: ProviderCall): Promise<HttpReply> {
    const chat = readChatCall(call, this.settings.dropFields);
    const translation = new RequestTranslation(call.model, this.traits);
    const options: CallOptions = {
      ...callOptionsOf(chat.request, this.#vendor, translation),
      headers: this.headersOf(call.headers),
      abortSignal: call.signal,
    };
    const model = (await this.models()).languageModel(call.model);
    const answer = chat.wantsStream
      ? this.stream(model, options, chat, call.signal)
      : this.generate(model, options, chat);
    const { reply, warnings } = await answer;
    return withDropped(reply, [...translation.dropped, ...warnings.flatMap(leftOut)]);
  }

  private async generate(model: LanguageModel, options: CallOptions, { context }: ChatCall): Promise<Answer> {
    const result = await model.doGenerate(options);
    const { unified, raw } = result.finishReason;
    if (raw === undefined || unified === 'error') {
      const message = `The upstream’s reply has ${raw === undefined ? 'no end' : `failed: ${raw}`}`;
      throw new SallyportError('upstream_failed', message, { retryable: true });
    }
    const completion = chatReplyWriter.write(readResult(result, this.#vendor.proofsOf), context);
    return { reply: jsonReply(200, completion, requestIdIn(result.response?.headers)), warnings: result.warnings };
  }

  /** Waits for the first thing that the model says, so that a refusal can still be told by its status. */
  private async stream(
    model: LanguageModel,
    options: CallOptions,
    { context }: ChatCall,
    signal: AbortSignal,
  ): Promise<Answer> {
    const { proofsOf, statusOfEvent } = this.#vendor;
    const includeRawChunks = statusOfEvent !== undefined;
    const { stream, response } = await model.doStream({ ...options, includeRawChunks });
    const parts = stream[Symbol.asyncIterator]();
    const reader = new AiStreamReader(proofsOf, statusOfEvent);
    const warnings: Warning[] = [];
    let first: ReplyEvent[] = [];
    while (first.length === 0) {
      const next = await parts.next();
      if (next.done === true) throw new SallyportError('upstream_interrupted', 'The upstream sent an empty stream');
      if (next.value.type === 'stream-start') warnings.push(...next.value.warnings);
      first = reader.read(next.value);
    }
    const [event] = first;
    if (event?.type === 'error') {
      await parts.return?.();
      return { reply: jsonReply(event.error.status, openAiUpstreamError(event.error)), warnings };
    }
    const body = written(first, parts, reader, context, signal);
    return { reply: streamReply(body, requestIdIn(response?.headers)), warnings };
  }

  private models(): Promise<AiModels> {
    this.#models ??= this.#vendor.load(this.#network.fetch).catch((error: unknown) => {
      this.#models = undefined;
      throw error;
    });
    return this.#models;
  }

  private headersOf(headers: HttpHeaders): Record<string, string> {
    const travelling = Object.entries(headers).filter(([name]) => !OF_OTHER_APIS.test(name));
    return { ...Object.fromEntries(travelling.map(([name, value]) => [name, String(value)])), ...this.#extraHeaders };
  }
}

type Warning = GenerateResult['warnings'][number];

interface Answer {
  readonly reply: HttpReply;
  readonly warnings: readonly Warning[];
}

async function* written(
  first: readonly ReplyEvent[],
  parts: AsyncIterator<StreamPart>,
  reader: AiStreamReader,
  context: ReplyContext,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const writer = chatReplyWriter.openStream(context);
  let events: readonly ReplyEvent[] = first;
  try {
    for (;;) {
      const text = events.map((event) => writer.write(event)).join('');
      if (text !== '') yield Buffer.from(text);
      if (events.some(({ type }) => type === 'end' || type === 'error')) return;
      const next = await parts.next();
      if (next.done === true) throw new SallyportError('upstream_interrupted', 'The upstream’s stream ended too early');
      events = reader.read(next.value);
    }
  } catch (error) {
    throw interruptionOf(error, signal);
  } finally {
    // Ends the upstream's connection when the client leaves early.
    await parts.return?.();
  }
}

/** What a package left out of a request, under the name that the client knows. */
function leftOut(warning: Warning): string[] {
  if (warning.type !== 'unsupported') return [];
  return [warning.feature.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

/** Headers that help to find a call at the vendor. */
function requestIdIn(headers: Readonly<Record<string, string>> | undefined): HttpHeaders {
  const kept = Object.entries(headers ?? {}).filter(([name]) => /request-?id|ratelimit/i.test(name));
  return Object.fromEntries(kept);
}
