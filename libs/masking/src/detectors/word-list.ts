/** The words of a list that is written as text, on as many lines as it takes. */
export function listed(words: string): string[] {
  return words.trim().split(/\s+/);
}

/**
 * What is one of the listed words and nothing else.
 *
 * @param words each may be a pattern
 */
export function oneOf(words: string): RegExp {
  return new RegExp(`^(?:${listed(words).join('|')})$`);
}
