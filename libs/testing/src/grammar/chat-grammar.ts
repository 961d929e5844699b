import { ChatChoiceGrammar } from './chat-choice-grammar';
import type { SseFrame } from './sse-frames';
import { isCount, isFilled, isJson, isText, StreamGrammar, type Json } from './stream-grammar';

/** What is the same in all chunks of a stream. */
const CONSTANT = ['id', 'created', 'model'] as const;

/**
 * The stream of a chat completion: chunks without names, then `[DONE]`.
 * Source: https://platform.openai.com/docs/api-reference/chat-streaming
 */
export class ChatGrammar extends StreamGrammar {
  private head: Json | undefined;
  private readonly choices = new Map<unknown, ChatChoiceGrammar>();
  private hasUsage = false;
  private saysNoUsage = true;

  protected frame({ event, data }: SseFrame): void {
    this.expect(event === undefined, 'has an `event:` line');
    if (data === '[DONE]') return this.done();
    const chunk = this.json(data);
    if (chunk === undefined) return;
    if (chunk['error'] != null) return this.error(chunk['error']);
    this.chunk(chunk);
  }

  private done(): void {
    this.ended = '[DONE]';
    this.expect(this.choices.size > 0, 'ends a stream without a choice');
    for (const choice of this.choices.values()) choice.end();
  }

  private error(error: unknown): void {
    this.ended = 'the error';
    this.expect(isJson(error) && isFilled(error['message']), 'is an error without a message');
    this.expect(isJson(error) && isText(error['type']), 'is an error without a type');
  }

  private chunk(chunk: Json): void {
    this.expect(chunk['object'] === 'chat.completion.chunk', 'is no chat.completion.chunk');
    this.head ??= chunk;
    for (const key of CONSTANT) this.expect(chunk[key] === this.head[key], `changes ${key}`);
    this.expect(
      isFilled(chunk['id']) && isText(chunk['model']) && isCount(chunk['created']),
      'has no id, model or time',
    );
    this.expect(!this.hasUsage, 'comes behind the usage');
    const { choices, usage } = chunk;
    if (!Array.isArray(choices)) return this.problem('has no choices');
    if (choices.length === 0) return this.usage(usage);
    this.expect(usage == null, 'has choices and usage');
    this.saysNoUsage &&= usage === null;
    for (const choice of choices) this.choice(choice);
  }

  private usage(usage: unknown): void {
    if (!isJson(usage)) return this.problem('has neither choices nor usage');
    this.hasUsage = true;
    this.expect(this.saysNoUsage, 'has usage where earlier chunks do not say `usage: null`');
    const counts = ['prompt_tokens', 'completion_tokens', 'total_tokens'].map((key) => usage[key]);
    this.expect(counts.every(isCount), 'has usage without counts');
    const finished = [...this.choices.values()].every(({ isFinished }) => isFinished);
    this.expect(finished && this.choices.size > 0, 'has usage before the choices are finished');
  }

  private choice(choice: unknown): void {
    if (!isJson(choice) || !isCount(choice['index'])) return this.problem('has a choice without an index');
    const { index } = choice;
    let grammar = this.choices.get(index);
    if (grammar === undefined) this.choices.set(index, (grammar = new ChatChoiceGrammar(this.expect)));
    grammar.take(choice);
  }
}
