import { Environment } from '@sallyport/config';
import { FakeHttp } from '@sallyport/testing';
import type { HttpReply } from '../http/http.port';
import type { Provider, ProviderCall } from '../provider.port';
import { chatCall, lastBody, providerSettings } from '../provider-call.fixture';
import type { ProviderSettings } from '../provider-settings';
import { cohereProvider } from './cohere.provider';

const MODEL = 'command-a-03-2025';

// Wire forms: https://docs.cohere.com/v2/reference/chat and chat-stream
export const TEXT = {
  id: 'gen-1',
  finish_reason: 'COMPLETE',
  message: { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
  usage: { billed_units: { input_tokens: 2, output_tokens: 3 }, tokens: { input_tokens: 12, output_tokens: 3 } },
};

/** A provider of Cohere in front of a scripted upstream, which answers with {@link TEXT} until it is told otherwise. */
export class ScriptedCohere {
  readonly http = new FakeHttp();
  /** Aborts every call. */
  readonly abort = new AbortController();

  constructor() {
    this.http.script(() => ({ json: TEXT }));
  }

  provider(
    settings: Partial<ProviderSettings> = {},
    variables: Record<string, string> = { COHERE_API_KEY: 'co-key' },
  ): Provider {
    return cohereProvider(providerSettings(settings), { env: new Environment(variables), http: this.http });
  }

  callOf(body: object, changes: Partial<ProviderCall> = {}): ProviderCall {
    return chatCall(
      { model: MODEL, ...body },
      {
        model: MODEL,
        headers: { traceparent: '00-1-2-01', accept: '*/*', 'openai-beta': 'x', 'user-agent': 'client/1' },
        signal: this.abort.signal,
        ...changes,
      },
    );
  }

  ask(body: object, settings?: Partial<ProviderSettings>): Promise<HttpReply> {
    return this.provider(settings).call(this.callOf(body));
  }

  /** The body of the last request. */
  sent(): Record<string, unknown> {
    return lastBody(this.http);
  }
}
