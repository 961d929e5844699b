import {
  anthropicErrorBody,
  DEFAULT_TRAITS,
  objectOf,
  openAiErrorBody,
  parseJson,
  SallyportError,
  type Endpoint,
  type UpstreamTraits,
} from '@sallyport/dialects';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseEndpoints } from '../choose-endpoints';
import type { HttpReply } from '../http/http.port';
import type { Provider, ProviderCall } from '../provider.port';
import type { ProviderSettings } from '../provider-settings';
import { MOCK_ENDPOINTS, type MockReply } from './mock-endpoints';
import { parseMockUrl, type MockOptions } from './mock-options';
import type { MockStream } from './mock-stream';

const NAMES = Object.keys(MOCK_ENDPOINTS) as Endpoint[];

type MockSettings = Pick<ProviderSettings, 'endpoints' | 'chatOnly' | 'dropParams' | 'defaultMaxTokens'>;

/** An upstream inside the process: answers without a network, a key or a cost. */
export class MockProvider implements Provider {
  readonly name = 'mock';
  readonly endpoints: readonly Endpoint[];
  readonly traits: UpstreamTraits;
  private readonly options: MockOptions;

  /**
   * @param apiBase an address that {@link parseMockUrl} reads
   * @throws RangeError when it cannot be read, or the settings name an endpoint that there is not
   */
  constructor(
    readonly apiBase: string,
    settings: MockSettings,
  ) {
    const { dropParams, defaultMaxTokens } = settings;
    const paths = Object.fromEntries(NAMES.map((name) => [name, '']));
    this.options = parseMockUrl(apiBase);
    this.endpoints = Object.keys(chooseEndpoints(NAMES, paths, settings)) as Endpoint[];
    this.traits = { ...DEFAULT_TRAITS, dropParams, defaultMaxTokens };
  }

  async call(call: ProviderCall): Promise<HttpReply> {
    const { mode, status, ttftMs } = this.options;
    await this.wait(ttftMs, call);
    if (mode === 'fail') {
      return refusal(status, call, new SallyportError('upstream_failed', 'The mock upstream fails on purpose'));
    }
    // Nothing is kept under an id here.
    if (call.method !== 'POST' || call.subpath.startsWith('/')) {
      return refusal(404, call, new SallyportError('invalid_request', 'The mock upstream stores nothing'));
    }
    try {
      const reply = this.answer(call);
      if ('whole' in reply) return json(200, reply.whole);
      const body = this.paced(reply.stream, reply.tokens, call.signal);
      return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, body };
    } catch (error) {
      if (error instanceof SallyportError) return refusal(400, call, error);
      throw error;
    }
  }

  private answer({ endpoint, body }: ProviderCall): MockReply {
    const answer = MOCK_ENDPOINTS[endpoint];
    if (answer === undefined) throw new TypeError(`mock does not serve ${endpoint}`);
    const request = objectOf(parseJson(body?.toString('utf8') ?? ''));
    return answer(randomUUID().replaceAll('-', ''), request, this.options.mode);
  }

  private async wait(ms: number, { signal, firstByteTimeoutMs }: ProviderCall): Promise<void> {
    if (ms > firstByteTimeoutMs) {
      await pause(firstByteTimeoutMs, signal);
      throw new SallyportError('deadline_exceeded', 'The upstream did not answer in time', { retryable: true });
    }
    await pause(ms, signal);
  }

  private async *paced(stream: MockStream, tokens: readonly string[], signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { tokensPerSecond } = this.options;
    if (stream.before.length > 0) yield Buffer.concat(stream.before);
    for (const token of tokens) {
      if (tokensPerSecond > 0) await pause(1000 / tokensPerSecond, signal);
      yield stream.token(token);
    }
    yield Buffer.concat(stream.after);
  }
}

/** Waits, or ends with the caller's own reason when it gives up. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms <= 0) return;
  await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

function json(status: number, value: object): HttpReply {
  async function* body(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(JSON.stringify(value)));
  }
  return { status, headers: { 'content-type': 'application/json' }, body: body() };
}

function refusal(status: number, { endpoint }: ProviderCall, error: SallyportError): HttpReply {
  return json(status, endpoint.startsWith('anthropic-') ? anthropicErrorBody(error, null) : openAiErrorBody(error));
}
