import { isObject, objectOf, parseJson, textOf } from '@sallyport/dialects';
import type { MockOptions } from './mock-options';

/** What a mock upstream is about to say. */
export interface MockAnswer {
  readonly model: string;
  /** The answer cut into tokens of a kind: words with the white space behind them. */
  readonly tokens: readonly string[];
  readonly promptTokens: number;
  readonly stream: boolean;
  /** Whether a chat client asked for the usage chunk (`stream_options.include_usage`). */
  readonly includeUsage: boolean;
}

/** Reads a request of either dialect and decides the answer. Counts words where a model would count tokens. */
export function answerTo(body: Buffer, mode: MockOptions['mode']): MockAnswer {
  const request = objectOf(parseJson(body.toString('utf8')));
  const messages = Array.isArray(request['messages']) ? request['messages'].map(objectOf) : [];
  const prompts = messages.map((message) => plainText(message['content']));
  const lastUser = messages.findLastIndex((message) => message['role'] === 'user');
  const prompt = prompts[lastUser] ?? '';
  const text = mode === 'echo' ? prompt : `Hello from the mock upstream. You said: ${prompt}`;
  return {
    model: textOf(request['model']) ?? 'mock',
    tokens: wordsOf(text),
    promptTokens: wordsOf([plainText(request['system']), ...prompts].join(' ')).length,
    stream: request['stream'] === true,
    includeUsage: objectOf(request['stream_options'])['include_usage'] === true,
  };
}

function wordsOf(text: string): string[] {
  return text.match(/\S+\s*|^\s+/g) ?? [];
}

/** Text of a message's content: the string itself, or its text parts one after the other. */
function plainText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter(isObject)
    .map((part) => textOf(part['text']) ?? '')
    .join('');
}
