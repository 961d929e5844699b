import type { DeploymentSettings, Secret } from '@sallyport/config';
import type { HttpPort } from './http/http.port';

/** What the configuration says of one upstream, whichever provider reaches it. */
export type ProviderSettings = Pick<
  DeploymentSettings,
  | 'apiBase'
  | 'apiKey'
  | 'options'
  | 'extraHeaders'
  | 'endpoints'
  | 'chatOnly'
  | 'dropParams'
  | 'dropFields'
  | 'defaultMaxTokens'
>;

/** What a provider is made with besides its settings. */
export interface ProviderContext {
  /** Well-known variables, such as `OPENAI_API_BASE` and `OPENAI_API_KEY`. */
  readonly env: {
    readonly text: (name: string) => string | undefined;
    readonly secret: (name: string) => Secret | undefined;
  };
  readonly http: HttpPort;
}
