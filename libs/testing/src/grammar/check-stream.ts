import { ChatGrammar } from './chat-grammar';
import { MessagesGrammar } from './messages-grammar';
import { ResponsesGrammar } from './responses-grammar';
import { sseFrames } from './sse-frames';
import type { StreamGrammar } from './stream-grammar';

/** The dialects of streams, under the names that the product gives them. */
export type StreamDialect = 'openai-chat' | 'openai-responses' | 'anthropic-messages';

const GRAMMARS: Readonly<Record<StreamDialect, new () => StreamGrammar>> = {
  'openai-chat': ChatGrammar,
  'openai-responses': ResponsesGrammar,
  'anthropic-messages': MessagesGrammar,
};

/**
 * Checks a whole stream as a client receives it: the order of its events, what they carry, and that it ends as its
 * dialect demands. A stream that ends in the dialect's error event obeys too; one that just ends does not.
 *
 * @returns what is wrong, in words; empty when nothing is
 */
export function checkStream(dialect: StreamDialect, text: string): string[] {
  const framing: string[] = [];
  const frames = sseFrames(text, (words) => framing.push(words));
  const grammar = new GRAMMARS[dialect]();
  grammar.check(frames);
  return [...framing, ...grammar.problems];
}
