import Anthropic from '@anthropic-ai/sdk';
import { isObject, objectOf } from '@sallyport/dialects';
import OpenAI from 'openai';
import { KEY } from '../gateway-harness';

/** An SDK that makes one kind of call, and gives it up when it is told to. */
export interface AbortClient {
  readonly name: 'chat' | 'messages' | 'responses';
  /** Reads a stream; `onText` gets each piece of its text. Rejects when it is given up. */
  stream(url: string, model: string, signal: AbortSignal, onText: (text: string) => void): Promise<void>;
  whole(url: string, model: string, signal: AbortSignal): Promise<unknown>;
  /** The text of a recorded reply; empty when there is none. */
  textOf(response: unknown): string;
}

const messages = [{ role: 'user' as const, content: 'Hi' }];

const openAi = (url: string): OpenAI => new OpenAI({ baseURL: `${url}/v1`, apiKey: KEY, maxRetries: 0 });
const anthropic = (url: string): Anthropic => new Anthropic({ baseURL: url, apiKey: KEY, maxRetries: 0 });

const CHAT: AbortClient = {
  name: 'chat',
  async stream(url, model, signal, onText) {
    const stream = await openAi(url).chat.completions.create({ model, messages, stream: true }, { signal });
    for await (const { choices } of stream) onText(choices[0]?.delta.content ?? '');
    signal.throwIfAborted();
  },
  whole: (url, model, signal) => openAi(url).chat.completions.create({ model, messages }, { signal }),
  textOf: (response) => textIn(objectOf(first(objectOf(response)['choices'])['message'])['content']),
};

const MESSAGES: AbortClient = {
  name: 'messages',
  async stream(url, model, signal, onText) {
    const body = { model, messages, max_tokens: 9 };
    const stream = await anthropic(url).messages.create({ ...body, stream: true }, { signal });
    for await (const event of stream) {
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') onText(event.delta.text);
    }
    signal.throwIfAborted();
  },
  whole: (url, model, signal) => anthropic(url).messages.create({ model, messages, max_tokens: 9 }, { signal }),
  textOf: (response) => textIn(first(objectOf(response)['content'])['text']),
};

const RESPONSES: AbortClient = {
  name: 'responses',
  async stream(url, model, signal, onText) {
    const stream = await openAi(url).responses.create({ model, input: 'Hi', stream: true }, { signal });
    for await (const event of stream) if (event.type === 'response.output_text.delta') onText(event.delta);
    signal.throwIfAborted();
  },
  whole: (url, model, signal) => openAi(url).responses.create({ model, input: 'Hi' }, { signal }),
  textOf: (response) => textIn(first(first(objectOf(response)['output'])['content'])['text']),
};

export const CLIENTS: readonly AbortClient[] = [CHAT, MESSAGES, RESPONSES];

function first(list: unknown): Record<string, unknown> {
  const [item] = Array.isArray(list) ? (list as unknown[]) : [];
  return isObject(item) ? item : {};
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
