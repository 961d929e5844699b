import { JsonNesting } from './json-nesting';

/** Knows how a value must be written where a text currently ends. */
export interface ValueEscaping {
  /** Takes the text that stands before the next value. */
  follow(text: string): void;
  escape(value: string): string;
}

/** Text that a reader sees as it is. */
export const PLAIN: ValueEscaping = { follow: () => undefined, escape: (value) => value };

/** Text that is JSON, whole or in parts: a value is escaped once for each string that encloses it. */
export class JsonEscaping implements ValueEscaping {
  private readonly nesting = new JsonNesting();

  follow(text: string): void {
    this.nesting.feed(text);
  }

  escape(value: string): string {
    let escaped = value;
    for (let level = this.nesting.depth; level > 0; level -= 1) escaped = JSON.stringify(escaped).slice(1, -1);
    return escaped;
  }
}
