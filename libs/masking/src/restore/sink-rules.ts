/** Tells tools by their names. */
export type ToolNameRule = RegExp | ((name: string) => boolean);

/** Where restored values must not go. */
export interface SinkRules {
  /** Tools that send what they are given to hosts of the model's choice. */
  readonly fetchTools: ToolNameRule;
  /** Hosts to which values may go although the client did not name them; those of the machine itself unless given. */
  readonly trustedHosts?: ReadonlySet<string>;
}

const FETCH_WORD =
  /^(?:https?|fetch(?:er)?|brows(?:e|er|ing)|search|curl|wget|requests?|navigate|navigation|ur[li]s?|web|webhooks?|download|crawl(?:er)?|scrape(?:r)?|axios|internet)+$/;

/** The tools that count as such unless the configuration says otherwise: a word of the name says so. */
export const DEFAULT_FETCH_TOOLS: ToolNameRule = (name) => wordsOf(name).some((word) => FETCH_WORD.test(word));

/** Whether a tool of this name is one that {@link SinkRules.fetchTools} means. */
export function isFetchTool({ fetchTools }: SinkRules, name: string): boolean {
  // `search` starts at the beginning whatever the flags of the expression are.
  return typeof fetchTools === 'function' ? fetchTools(name) : name.search(fetchTools) !== -1;
}

/** The words of a name in camelCase, snake_case or kebab-case, in lower case. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}
