import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  anthropicErrorBody,
  openAiErrorBody,
  SallyportError,
  DEFAULT_TRAITS,
  type Endpoint,
} from '@sallyport/dialects';
import type { HttpReply } from '../http/http.port';
import type { Provider, ProviderCall } from '../provider.port';
import { answerTo, type MockAnswer } from './mock-answer';
import { mockChatCompletion, mockChatStream } from './mock-chat';
import { mockMessage, mockMessageStream } from './mock-messages';
import { parseMockUrl, type MockOptions } from './mock-options';
import type { MockStream } from './mock-stream';

interface MockDialect {
  readonly whole: (id: string, answer: MockAnswer) => object;
  readonly stream: (id: string, answer: MockAnswer) => MockStream;
}

const DIALECTS: Readonly<Partial<Record<Endpoint, MockDialect>>> = {
  'openai-chat': { whole: mockChatCompletion, stream: mockChatStream },
  'anthropic-messages': { whole: mockMessage, stream: mockMessageStream },
};

/** An upstream inside the process: answers both dialects without a network, a key or a cost. */
export class MockProvider implements Provider {
  readonly name = 'mock';
  readonly endpoints = Object.keys(DIALECTS) as Endpoint[];
  readonly traits = DEFAULT_TRAITS;
  private readonly options: MockOptions;

  /**
   * @param apiBase an address that {@link parseMockUrl} reads
   * @throws RangeError when it cannot be read
   */
  constructor(readonly apiBase: string) {
    this.options = parseMockUrl(apiBase);
  }

  async call(call: ProviderCall): Promise<HttpReply> {
    const { mode, status, ttftMs } = this.options;
    await this.wait(ttftMs, call);
    if (mode === 'fail') return json(status, failure(call.endpoint));
    const dialect = DIALECTS[call.endpoint];
    if (dialect === undefined) throw new TypeError(`mock does not serve ${call.endpoint}`);
    const answer = answerTo(call.body ?? Buffer.from('{}'), mode);
    const id = randomUUID().replaceAll('-', '');
    if (answer.stream) {
      const body = this.paced(dialect.stream(id, answer), answer.tokens, call.signal);
      return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, body };
    }
    return json(200, dialect.whole(id, answer));
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
    yield Buffer.concat(stream.before);
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

function failure(endpoint: Endpoint): object {
  const error = new SallyportError('upstream_failed', 'The mock upstream fails on purpose');
  return endpoint.startsWith('anthropic-') ? anthropicErrorBody(error, null) : openAiErrorBody(error);
}
