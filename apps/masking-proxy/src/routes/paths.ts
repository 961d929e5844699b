/** Routes of OpenAI's and Anthropic's kind: every one exists with and without its version. */
export function withVersion(path: string): string[] {
  return [`v1/${path}`, path];
}

/** Routes whose path names the model, as older clients and those of Azure call them. */
export function withModel(path: string): string[] {
  return [...withVersion(`engines/:model/${path}`), `openai/deployments/:model/${path}`];
}

/** The Responses API also where Azure's clients call it, in both generations of Azure's API. */
export function ofResponses(path: string): string[] {
  return [...withVersion(path), `openai/v1/${path}`, `openai/${path}`];
}
