import type { MockOptions } from './mock-options';
import type { MockRequest } from './mock-request';
import { sampleOf } from './schema-sample';

/** What a mock upstream is about to say: a text, or the arguments of a tool. */
export interface MockAnswer {
  readonly model: string;
  /** Name of the tool that is called; undefined for a text. */
  readonly tool: string | undefined;
  /** The answer cut into tokens of a kind: words with the white space behind them, or pieces of JSON. */
  readonly tokens: readonly string[];
  readonly promptTokens: number;
  readonly includeUsage: boolean;
}

/** Decides the answer to a request. Counts words where a model would count tokens. */
export function answerTo(request: MockRequest, mode: MockOptions['mode']): MockAnswer {
  const { model, forcedTool, includeUsage } = request;
  return {
    model,
    tool: forcedTool?.name,
    tokens: tokensFor(request, mode),
    promptTokens: request.texts.flatMap(wordsOf).length,
    includeUsage,
  };
}

function tokensFor({ prompt, forcedTool, answerSchema }: MockRequest, mode: MockOptions['mode']): string[] {
  const schema = forcedTool?.schema ?? answerSchema;
  if (schema !== undefined) return JSON.stringify(sampleOf(schema)).match(/.{1,8}/gs) ?? [];
  return wordsOf(mode === 'echo' ? prompt : `Hello from the mock upstream. You said: ${prompt}`);
}

/** Words with the white space behind them; together they are the text. */
export function wordsOf(text: string): string[] {
  return text.match(/\S+\s*|^\s+/g) ?? [];
}
