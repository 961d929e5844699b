/**
 * Whether a sticky pattern matches at an offset. What stands before it is tested with a pattern that only looks
 * behind: such a pattern runs backwards from the offset, so it costs what it reads and not the length of the text.
 *
 * @param pattern with the flag `y`
 */
export function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/**
 * Where the match of a sticky pattern ends that begins at an offset; undefined when there is none.
 *
 * @param pattern with the flag `y`
 */
export function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
