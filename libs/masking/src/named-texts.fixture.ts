const NAME_LENGTH = 120;

/** Texts for `it.each`, each behind a name of it that is short enough for a report of tests. */
export function named(texts: readonly string[]): (readonly [name: string, text: string])[] {
  return texts.map((text) => [text.length > NAME_LENGTH ? `${text.slice(0, NAME_LENGTH)}…` : text, text]);
}
