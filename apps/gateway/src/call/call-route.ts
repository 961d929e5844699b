import type { Endpoint, JsonObject } from '@sallyport/dialects';

/** What a route of the gateway asks of an upstream. */
export interface CallRoute {
  readonly endpoint: Endpoint;
  /** `POST` when left out. */
  readonly method?: 'POST' | 'GET' | 'DELETE';
  /** What follows the endpoint's own path upstream, query included. */
  readonly subpath?: string;
  /** Model named by the path, or by the query where the body names none. */
  readonly model?: string | undefined;
  /** Answers in place of an upstream that has no such endpoint, without asking a model. */
  readonly standIn?: (body: JsonObject) => Promise<object>;
}
