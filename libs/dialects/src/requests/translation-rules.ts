import type { Dialect } from '../dialect';

/**
 * What becomes of one field or kind of content.
 * `carried`: it arrives, under the name given in `to`. `dropped`: it has no counterpart and nothing is lost that the
 * client would miss. `refused`: leaving it out would change the answer, so the call is refused with 400, unless the
 * upstream is set to `drop_params`. `forbidden`: refused always.
 */
export interface Rule {
  readonly fate: 'carried' | 'dropped' | 'refused' | 'forbidden';
  /** Where it goes, for what is carried. */
  readonly to?: string;
  /** How or why, in a few words of Markdown. */
  readonly note?: string;
  /** Values that ask for nothing special, and are left out without a word. */
  readonly harmless?: (value: unknown) => boolean;
}

export type RuleTable = Readonly<Record<string, Rule>>;

/** Everything that one pair of dialects does to a request. The code obeys it and `docs/dialects.md` is made of it. */
export interface PairRules {
  readonly client: Dialect;
  readonly upstream: Dialect;
  /** Top-level fields of the request. A field that is not listed is dropped. */
  readonly fields: RuleTable;
  /** Kinds of messages, items, content parts and tools, by a name such as `content: image`. */
  readonly content: RuleTable;
}

export const carried = (to: string, note?: string): Rule => ({ fate: 'carried', to, ...(note && { note }) });
export const dropped = (note: string, harmless?: Rule['harmless']): Rule => ({
  fate: 'dropped',
  note,
  ...(harmless && { harmless }),
});
export const refused = (note: string, harmless?: Rule['harmless']): Rule => ({
  fate: 'refused',
  note,
  ...(harmless && { harmless }),
});
export const forbidden = (note: string, harmless?: Rule['harmless']): Rule => ({
  fate: 'forbidden',
  note,
  ...(harmless && { harmless }),
});
