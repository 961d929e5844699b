/** Our names of providers, and those of the price catalogue. Providers that it does not know have no line. */
const CATALOGUE_PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['anthropic', 'anthropic'],
  ['azure', 'azure'],
  ['azure_ai', 'azure'],
  ['baseten', 'baseten'],
  ['bedrock', 'aws'],
  ['cerebras', 'cerebras'],
  ['cloudflare', 'cloudflare'],
  ['codestral', 'mistral'],
  ['cohere', 'cohere'],
  ['cohere_chat', 'cohere'],
  ['deepseek', 'deepseek'],
  ['fireworks_ai', 'fireworks'],
  ['gemini', 'google'],
  ['groq', 'groq'],
  ['minimax', 'minimax'],
  ['mistral', 'mistral'],
  ['moonshot', 'moonshotai'],
  ['novita', 'novita'],
  ['openai', 'openai'],
  ['openrouter', 'openrouter'],
  ['ovhcloud', 'ovhcloud'],
  ['perplexity', 'perplexity'],
  ['together_ai', 'together'],
  ['vertex_ai', 'google'],
  ['xai', 'x-ai'],
  ['zai', 'zai'],
]);

/** Providers whose own names of models begin with that of a vendor. */
const NAMES_HOLD_VENDORS: ReadonlySet<string> = new Set(['novita', 'openrouter', 'together']);

/** Where the catalogue may have the price of a model. */
export interface CatalogueEntry {
  readonly providerId: string;
  /** In the order in which they are to be tried. */
  readonly names: readonly string[];
}

/** @returns undefined when the catalogue cannot have it */
export function catalogueEntry(provider: string, model: string): CatalogueEntry | undefined {
  const providerId = CATALOGUE_PROVIDERS.get(provider);
  // Open weights under OpenAI's name are served by others behind the same API, at other prices.
  if (providerId === undefined || (providerId === 'openai' && model.includes('gpt-oss'))) return undefined;
  const slash = model.lastIndexOf('/');
  const names = slash === -1 || NAMES_HOLD_VENDORS.has(providerId) ? [model] : [model, model.slice(slash + 1)];
  return { providerId, names };
}
