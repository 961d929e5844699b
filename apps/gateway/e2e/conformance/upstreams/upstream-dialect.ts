import type { StreamDialect } from '@sallyport/testing';
import type { Asked } from '../asked';
import type { Saying } from '../saying';

/** An upstream that speaks one dialect only: how it says things, and how it understands what it is asked. */
export interface UpstreamDialect {
  readonly dialect: StreamDialect;
  /** Path of its API. */
  readonly path: string;
  /** The model as clients name it: upstream and model of this upstream. */
  readonly model: string;
  whole(saying: Saying): object;
  /** Server-sent events, each whole, as the API would send them for the request. */
  stream(saying: Saying, request: object): string[];
  /** Body of a refusal. */
  refusal(message: string): object;
  /** The event with which a stream fails after `events` events. */
  errorEvent(message: string, events: number): string;
  /** @throws Error with the reason for which the API would refuse the request */
  read(request: object): Asked;
}
