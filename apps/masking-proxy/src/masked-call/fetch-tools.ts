import { DEFAULT_FETCH_TOOLS, type ToolNameRule } from '@sallyport/masking';

/**
 * Which tools count as sending what they are given to somebody else: the usual ones, and those whose name holds one of
 * the configured words, whatever its case.
 */
export function fetchToolRule(words: readonly string[]): ToolNameRule {
  if (words.length === 0) return DEFAULT_FETCH_TOOLS;
  const lower = words.map((word) => word.toLowerCase());
  return (name) => isUsual(name) || lower.some((word) => name.toLowerCase().includes(word));
}

function isUsual(name: string): boolean {
  return typeof DEFAULT_FETCH_TOOLS === 'function'
    ? DEFAULT_FETCH_TOOLS(name)
    : name.search(DEFAULT_FETCH_TOOLS) !== -1;
}
