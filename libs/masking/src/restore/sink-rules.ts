/** Tells tools by their names. */
export type ToolNameRule = (name: string) => boolean;

/** Where restored values must not go. */
export interface SinkRules {
  /** Tools that send what they are given to hosts of the model's choice. */
  readonly fetchTools: ToolNameRule;
}

const FETCH_WORD =
  /^(?:https?|fetch(?:er)?|brows(?:e|er|ing)|search|curl|wget|requests?|navigate|navigation|ur[li]s?|web|webhooks?|download|crawl(?:er)?|scrape(?:r)?|axios|internet)+$/;

/** The tools that count as such unless the configuration says otherwise: a word of the name says so. */
export const DEFAULT_FETCH_TOOLS: ToolNameRule = (name) => wordsOf(name).some((word) => FETCH_WORD.test(word));

/** The words of a name in camelCase, snake_case or kebab-case, in lower case. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}
