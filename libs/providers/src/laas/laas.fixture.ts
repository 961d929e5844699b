import { DeploymentOptions, Environment } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { FakeHttp } from '@sallyport/testing';
import type { HttpReply } from '../http/http.port';
import type { Provider, ProviderCall } from '../provider.port';
import { chatCall, lastBody, providerSettings } from '../provider-call.fixture';
import type { ProviderSettings } from '../provider-settings';
import { laasProvider } from './laas.provider';

export const VARIABLES = { LAAS_PROJECT_CODE: 'PRJ', LAAS_API_KEY: 'laas-key', LAAS_PRESET_HASH: 'preset' };

export const CLASSIC = {
  id: 'chatcmpl-7',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'HCX-003',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
};

export const ENNOIA = {
  id: 'run_1',
  object: 'chat.completion.chunk',
  created: 1_700_000_000_123,
  model: 'openai/gpt-5',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Hel' },
          { type: 'text', text: 'lo' },
        ],
        tool_calls: [],
      },
      finish_reason: null,
    },
  ],
  session_id: 's-1',
  connector_results: [{ a: 1 }],
};

export const image = (url: string): object => ({ type: 'image_url', image_url: { url } });

export interface LaasSetup {
  readonly params?: Record<string, unknown>;
  readonly variables?: Record<string, string>;
  readonly settings?: Partial<ProviderSettings>;
}

/** Providers of LaaS in front of one scripted upstream, which answers with {@link CLASSIC} until it is told otherwise. */
export class ScriptedLaas {
  readonly http = new FakeHttp();
  /** Aborts every call. */
  readonly abort = new AbortController();

  constructor() {
    this.http.script(() => ({ json: CLASSIC }));
  }

  provider({ params = {}, variables = VARIABLES, settings = {} }: LaasSetup = {}): Provider {
    const options = new DeploymentOptions({ stream_piece_delay_ms: 0, ...params });
    return laasProvider(providerSettings({ options, ...settings }), {
      env: new Environment(variables),
      http: this.http,
    });
  }

  callOf(body: object): ProviderCall {
    const model = 'claude-4-sonnet';
    return chatCall({ model, ...body }, { model, signal: this.abort.signal });
  }

  ask(body: object, setup?: LaasSetup): Promise<HttpReply> {
    return this.provider(setup).call(this.callOf(body));
  }

  askWith(content: object[], setup?: LaasSetup): Promise<HttpReply> {
    return this.ask({ messages: [{ role: 'user', content }] }, setup);
  }

  /** The body of the last request. */
  sent(): Record<string, unknown> {
    return lastBody(this.http);
  }

  /** The error of a call that never reached LaaS. */
  async refusal(call: Promise<unknown>): Promise<SallyportError> {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof SallyportError)) throw new Error(`no refusal but ${String(error)}`);
    expect(this.http.requests).toHaveLength(0);
    return error;
  }
}
