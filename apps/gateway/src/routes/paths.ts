/** Routes of OpenAI's kind: every one exists with and without its version. */
export function withVersion(...paths: readonly string[]): string[] {
  return paths.flatMap((path) => [`v1/${path}`, path]);
}

/** Routes whose path names the model, as older clients and those of Azure call them. */
export function withModel(path: string): string[] {
  return [...withVersion(`engines/:model/${path}`), `openai/deployments/:model/${path}`];
}
