import type { StreamDialect } from '@sallyport/testing';
import type { Answer } from '../answer';
import type { Question } from '../question';

/** Where the gateway is, and the fetch that a client must use. */
export interface Access {
  readonly url: string;
  readonly key: string;
  readonly fetch: typeof globalThis.fetch;
}

/** Statuses of refusals that every client must tell apart. */
export const REFUSAL_STATUSES = [400, 401, 429, 500, 529] as const;

export type RefusalStatus = (typeof REFUSAL_STATUSES)[number];

/** Names of the classes that a client throws, by the status of the refusal. */
export type ErrorNames = Readonly<Record<RefusalStatus, string>>;

/** What a client cannot do, whatever the server. */
export type Lack =
  /** Set stop sequences. */
  | 'stop'
  /** Insist on a call of any tool. */
  | 'must-call'
  /** Show reasoning. */
  | 'reasoning'
  /** Send the proof of reasoning with the next turn. */
  | 'proof'
  | 'streamed-proof'
  /** Tell what a stream cost. */
  | 'streamed-counts'
  /** Parse an answer that is streamed. */
  | 'streamed-object';

/** One official client, used as an application uses it. */
export interface Client {
  readonly name: string;
  /** The API that it calls. */
  readonly dialect: StreamDialect;
  readonly lacks: readonly Lack[];
  readonly errorNames: ErrorNames;
  connect(access: Access): Ask;
}

/** Asks a model once; the answer goes on with the conversation. */
export type Ask = (model: string, question: Question) => Promise<Answer>;
