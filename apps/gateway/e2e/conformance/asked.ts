/** What an upstream was asked, in words that belong to no dialect. */
export interface Asked {
  readonly system: string;
  /** Neighbours have different roles. */
  readonly turns: readonly Turn[];
  readonly tools: readonly AskedTool[];
  readonly mustCall: boolean;
  readonly stop: readonly string[];
  readonly schema: unknown;
  readonly thinks: boolean;
}

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly parts: Part[];
}

export type Part =
  | { readonly text: string }
  /** As a data URL. */
  | { readonly image: string }
  | { readonly call: { readonly id: string; readonly name: string; readonly input: unknown } }
  | { readonly result: { readonly id: string; readonly text: string } }
  /** What this upstream itself gave out to prove its reasoning. */
  | { readonly proof: string };

export interface AskedTool {
  readonly name: string;
  readonly description: string | undefined;
  readonly schema: unknown;
}

/** Collects turns; those of one role that follow each other become one. */
export class Turns {
  readonly list: Turn[] = [];

  add(role: Turn['role'], ...parts: Part[]): void {
    const last = this.list.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else if (parts.length > 0) this.list.push({ role, parts });
  }
}

/**
 * Complains as the API would of what it does not take.
 *
 * @throws Error with what is wrong
 */
export function demand(holds: boolean, words: string): asserts holds {
  if (!holds) throw new Error(words);
}

/** Complains of fields that an API does not know: a translated request must not hold those of another dialect. */
export function demandKnownFields(body: object, known: readonly string[]): void {
  for (const field of Object.keys(body)) demand(known.includes(field), `the field ${field} is unknown`);
}
