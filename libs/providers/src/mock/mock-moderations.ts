import { textOf, type JsonObject } from '@sallyport/dialects';

const CATEGORIES = [
  'harassment',
  'harassment/threatening',
  'hate',
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'self-harm',
  'self-harm/instructions',
  'self-harm/intent',
  'sexual',
  'sexual/minors',
  'violence',
  'violence/graphic',
] as const;

/** Finds nothing wrong with anything. A list of texts has a result each; a list of parts is one input. */
export function mockModeration(id: string, request: JsonObject): object {
  const { input } = request;
  const inputs = Array.isArray(input) && input.every((item) => typeof item === 'string') ? input : [input];
  return {
    id: `modr-${id}`,
    model: textOf(request['model']) ?? 'mock',
    results: inputs.map(() => ({
      flagged: false,
      categories: ofEach(false),
      category_scores: ofEach(0),
      category_applied_input_types: ofEach(['text']),
    })),
  };
}

function ofEach(value: unknown): object {
  return Object.fromEntries(CATEGORIES.map((category) => [category, value]));
}
