import { DeploymentOptions, Environment } from '@sallyport/config';
import { FakeHttp } from '@sallyport/testing';
import type { HttpReply } from '../http/http.port';
import type { Provider, ProviderCall } from '../provider.port';
import { chatCall, lastBody, providerSettings } from '../provider-call.fixture';
import { bedrockProvider } from './bedrock.provider';

// Wire form: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
export const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
export const KEYS = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'aws-secret',
};
export const USAGE = {
  inputTokens: 10,
  outputTokens: 5,
  totalTokens: 20,
  cacheReadInputTokens: 4,
  cacheWriteInputTokens: 1,
};
export const WEATHER = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
};

/** A whole reply of the Converse API. */
export function message(content: object[], stopReason = 'end_turn'): object {
  return { output: { message: { role: 'assistant', content } }, stopReason, usage: USAGE, metrics: { latencyMs: 1 } };
}

/** Providers of Bedrock in front of one scripted upstream, which says hello until it is told otherwise. */
export class ScriptedBedrock {
  readonly http = new FakeHttp();

  constructor() {
    this.http.script(() => ({ json: message([{ text: 'Hello' }]) }));
  }

  provider(params: object = {}, variables: Record<string, string> = KEYS, dropParams = false): Provider {
    const options = new DeploymentOptions({ ...params });
    return bedrockProvider(providerSettings({ options, dropParams }), {
      env: new Environment(variables),
      http: this.http,
    });
  }

  callOf(body: object, model = CLAUDE, endpoint: ProviderCall['endpoint'] = 'openai-chat'): ProviderCall {
    return chatCall({ model: 'claude', ...body }, { model, endpoint });
  }

  ask(body: object, model?: string): Promise<HttpReply> {
    return this.provider().call(this.callOf(body, model));
  }

  /** The body of the last request. */
  sent(): Record<string, unknown> {
    return lastBody(this.http);
  }
}
