import { DEFAULT_FETCH_TOOLS, type ToolNameRule } from '@sallyport/masking';

/**
 * Which tools count as sending what they are given to somebody else: the usual ones, and those whose name holds one of
 * the configured words, whatever its case.
 */
export function fetchToolRule(words: readonly string[]): ToolNameRule {
  const lower = words.map((word) => word.toLowerCase());
  return (name) => DEFAULT_FETCH_TOOLS(name) || lower.some((word) => name.toLowerCase().includes(word));
}
