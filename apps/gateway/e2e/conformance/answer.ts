import type { Counts, Ending } from './counts';

/** What a client tells of a reply, in words that belong to no dialect. */
export interface Answer {
  readonly text: string;
  readonly calls: readonly AnswerCall[];
  readonly ending: Ending;
  /** Empty when there is none, or the client has no place for it. */
  readonly reasoning: string;
  /** Undefined when the client knows none. */
  readonly counts: Counts | undefined;
  /** What the client has parsed of an answer whose shape was asked for. */
  readonly object?: unknown;
  /**
   * Goes on with the conversation: sends the reply back as this client keeps it, and a result for each call.
   *
   * @param results texts in the order of the calls
   */
  sendResults(results: readonly string[]): Promise<Answer>;
}

export interface AnswerCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

/** A client hands out a reply without saying in words of its API why it ended: the reply is not whole. */
export class UnknownEndingError extends Error {
  constructor(reason: unknown) {
    super(`a client took a reply for whole that ended with ${String(reason)}`);
  }
}

/**
 * The neutral name of why a reply ended.
 *
 * @throws UnknownEndingError for a reason that the client's API does not have
 */
export function endingOf(reason: unknown, names: Readonly<Record<string, Ending>>): Ending {
  const ending = typeof reason === 'string' ? names[reason] : undefined;
  if (ending === undefined) throw new UnknownEndingError(reason);
  return ending;
}
