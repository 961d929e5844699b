import { createHash } from 'node:crypto';

/**
 * The client's name for its end user, as far as an API takes it: what is too long becomes a digest that is always the
 * same for the same user.
 *
 * @param longest length that the upstream's API accepts, in characters
 * @returns undefined for an empty name
 */
export function endUser(name: string | undefined, longest: number): string | undefined {
  if (name === undefined || name === '') return undefined;
  return name.length <= longest ? name : createHash('sha256').update(name).digest('hex');
}

/** Longest `user` that OpenAI's APIs accept, in characters. */
export const LONGEST_OPENAI_USER = 64;
