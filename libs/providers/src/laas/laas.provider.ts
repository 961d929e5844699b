import { setTimeout as sleep } from 'node:timers/promises';
import {
  DEFAULT_TRAITS,
  openAiUpstreamError,
  parseJson,
  SallyportError,
  type AssistantReply,
  type Endpoint,
  type JsonObject,
  type UpstreamError,
  type UpstreamTraits,
} from '@sallyport/dialects';
import { readChatCall, type ChatCall } from '../chat/chat-call';
import { errorReply, jsonReply, readBody, streamReply, withDropped, withoutBodyHeaders } from '../chat/made-reply';
import type { HttpHeaders, HttpPort, HttpReply } from '../http/http.port';
import { revealedHeaders, sendableHeaders } from '../http/sendable-headers';
import type { Provider, ProviderCall } from '../provider.port';
import type { ProviderContext, ProviderSettings } from '../provider-settings';
import { readLaasOptions, type LaasOptions } from './laas-options';
import { laasError, readLaasReply, writeLaasReply } from './laas-reply';
import { laasRequest } from './laas-request';
import { nativeStream } from './native-stream';
import { pseudoStream } from './pseudo-stream';

const CHAT_PATH = '/api/preset/v2/chat/completions';

/** What LaaS answered. */
type Answer =
  | { readonly kind: 'reply'; readonly reply: AssistantReply; readonly raw: unknown; readonly headers: HttpHeaders }
  | { readonly kind: 'error'; readonly error: UpstreamError; readonly headers: HttpHeaders }
  | { readonly kind: 'stream'; readonly http: HttpReply };

/**
 * Reaches Wanted LaaS (now ennoia), whose API answers chat requests by presets and knows neither tools nor streams.
 * What is sent and how it is translated: {@link laasRequest}; what the settings are called: {@link readLaasOptions}.
 *
 * @throws RangeError when the project or the key is missing, or a setting cannot be used
 */
export function laasProvider(settings: ProviderSettings, context: ProviderContext): Provider {
  return new LaasProvider(readLaasOptions(settings, context), settings, context.http);
}

class LaasProvider implements Provider {
  readonly name = 'laas';
  readonly apiBase: string;
  readonly endpoints: readonly Endpoint[] = ['openai-chat'];
  readonly traits: UpstreamTraits;
  /** Hold credentials, so they are kept out of printed objects. */
  readonly #headers: HttpHeaders;

  constructor(
    private readonly options: LaasOptions,
    private readonly settings: Pick<
      ProviderSettings,
      'dropFields' | 'dropParams' | 'defaultMaxTokens' | 'extraHeaders'
    >,
    private readonly http: HttpPort,
  ) {
    const { dropParams, defaultMaxTokens, extraHeaders } = settings;
    this.apiBase = options.apiBase;
    this.traits = { ...DEFAULT_TRAITS, dropParams, defaultMaxTokens };
    const credentials = { project: options.project.reveal(), apikey: options.apiKey.reveal() };
    this.#headers = {
      ...revealedHeaders(extraHeaders),
      ...sendableHeaders('LaaS credentials', credentials),
    };
  }

  async call(call: ProviderCall): Promise<HttpReply> {
    if (call.endpoint !== 'openai-chat') throw new TypeError(`laas does not serve ${call.endpoint}`);
    const chat = readChatCall(call, this.settings.dropFields);
    const { body, dropped } = await laasRequest(chat.request, this.options, this.traits);
    const streams = chat.wantsStream && this.options.nativeStream;
    const answer = this.ask(call, streams ? { ...body, stream: true } : body);
    return withDropped(await this.replyTo(chat, answer, call.signal), dropped);
  }

  /** A streamed call whose answer takes long begins before it is there, so that the client can be kept waiting. */
  private async replyTo(chat: ChatCall, answer: Promise<Answer>, signal: AbortSignal): Promise<HttpReply> {
    const early = chat.wantsStream ? await soon(answer, this.options.patienceMs) : await answer;
    if (early === undefined) return streamReply(this.stream(chat, answer, signal));
    if (early.kind === 'error') return errorReply(early.error, early.headers);
    if (chat.wantsStream) {
      const headers = early.kind === 'stream' ? early.http.headers : early.headers;
      return streamReply(this.stream(chat, answer, signal), headers);
    }
    if (early.kind === 'stream') throw new TypeError('laas streams only when it is asked to');
    return jsonReply(200, writeLaasReply(early.reply, early.raw, chat.context), withoutBodyHeaders(early.headers));
  }

  private async *stream(
    { context }: ChatCall,
    pending: Promise<Answer>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const answer = await pending;
    if (answer.kind === 'error') yield Buffer.from(`data: ${JSON.stringify(openAiUpstreamError(answer.error))}\n\n`);
    else if (answer.kind === 'stream') yield* nativeStream(answer.http.body, context, this.options.maxReplyBytes);
    else yield* pseudoStream(answer.reply, context, this.options.pieceDelayMs, signal);
  }

  private async ask(call: ProviderCall, body: JsonObject): Promise<Answer> {
    const http = await this.http.send({
      method: 'POST',
      url: this.apiBase + CHAT_PATH,
      headers: {
        ...call.headers,
        ...this.#headers,
        'content-type': 'application/json; charset=utf-8',
        'accept-encoding': 'identity',
      },
      body: Buffer.from(JSON.stringify(body)),
      signal: call.signal,
      firstByteTimeoutMs: call.firstByteTimeoutMs,
      idleTimeoutMs: call.idleTimeoutMs,
    });
    const { status, headers } = http;
    const isGood = status >= 200 && status < 300;
    const isStream = /^text\/event-stream\b/i.test(String(headers['content-type'] ?? ''));
    if (isGood && isStream && body['stream'] === true) return { kind: 'stream', http };
    const bytes = await readBody(http.body, this.options.maxReplyBytes);
    if (bytes === undefined) throw failed('LaaS sent a reply that is too large');
    const text = bytes.toString('utf8');
    if (status >= 400) return { kind: 'error', error: laasError(status, text), headers };
    if (!isGood) throw failed(`LaaS answered with status ${status}`);
    const raw = parseJson(text);
    return { kind: 'reply', reply: readLaasReply(raw), raw, headers };
  }
}

/** What a promise gives within a while; undefined when it takes longer. It may fail later: whoever reads it sees that. */
async function soon<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  const over = new AbortController();
  const pause = sleep(ms, undefined, { signal: over.signal }).catch(() => undefined);
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, pause]);
  } finally {
    over.abort();
  }
}

function failed(message: string): SallyportError {
  return new SallyportError('upstream_failed', message, { retryable: true });
}
