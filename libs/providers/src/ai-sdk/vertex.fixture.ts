import { DeploymentOptions, Environment } from '@sallyport/config';
import { FakeHttp, type FakeHttpReply, type FakeHttpRequest } from '@sallyport/testing';
import { generateKeyPairSync } from 'node:crypto';
import type { HttpReply } from '../http/http.port';
import type { Provider, ProviderCall } from '../provider.port';
import { chatCall, lastBody, providerSettings } from '../provider-call.fixture';
import { vertexProvider } from './vertex.provider';

export const TOKEN_URL = 'https://oauth2.googleapis.com/token';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** The key that proves what {@link ACCOUNT} has signed. */
export const PUBLIC_KEY = publicKey;
export const ACCOUNT = {
  type: 'service_account',
  project_id: 'proj',
  private_key_id: 'kid-1',
  private_key: privateKey,
  client_email: 'bot@proj.iam.gserviceaccount.com',
  token_uri: 'https://attacker.example/token',
};

const USAGE = {
  promptTokenCount: 10,
  candidatesTokenCount: 3,
  thoughtsTokenCount: 2,
  cachedContentTokenCount: 4,
  totalTokenCount: 15,
};

/** Wire form: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference */
export const geminiReply = (parts: object[], finishReason?: string): object => ({
  responseId: 'r-1',
  candidates: [{ index: 0, content: { role: 'model', parts }, ...(finishReason && { finishReason }) }],
  usageMetadata: USAGE,
});

/** Providers of Vertex in front of one scripted upstream, which hands out tokens, and says hello until it is told otherwise. */
export class ScriptedVertex {
  readonly http = new FakeHttp();
  private tokens = 0;

  constructor() {
    this.answer(() => ({ json: geminiReply([{ text: 'Hello' }], 'STOP') }));
  }

  /** Decides all replies but tokens from now on. */
  answer(script: (request: FakeHttpRequest) => FakeHttpReply): void {
    this.http.script((request) => {
      if (request.url !== TOKEN_URL) return script(request);
      this.tokens += 1;
      return { json: { access_token: `token-${this.tokens}`, expires_in: 3600, token_type: 'Bearer' } };
    });
  }

  provider(params: object = { vertex_credentials: ACCOUNT }, variables: Record<string, string> = {}): Provider {
    const options = new DeploymentOptions({ ...params });
    return vertexProvider(providerSettings({ options }), { env: new Environment(variables), http: this.http });
  }

  callOf(body: object, model = 'gemini-2.5-pro', endpoint: ProviderCall['endpoint'] = 'openai-chat'): ProviderCall {
    return chatCall({ model: 'gemini', ...body }, { model, endpoint, headers: {} });
  }

  ask(body: object, model?: string): Promise<HttpReply> {
    return this.provider().call(this.callOf(body, model));
  }

  /** The body of the last request. */
  sent(): Record<string, unknown> {
    return lastBody(this.http);
  }
}
