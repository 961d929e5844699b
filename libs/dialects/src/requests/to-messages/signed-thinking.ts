import type { MessagesBlock } from '../../anthropic-messages/messages-request';
import type { JsonObject } from '../../json/json-value';
import { openReasoning } from '../../reply/sealed-reasoning';

export type ThinkingBlock = Extract<MessagesBlock, { type: 'thinking' | 'redacted_thinking' }>;

/** Whether an Anthropic upstream has signed a block. What others made would be refused there. */
export function isSigned(block: JsonObject): block is JsonObject & ThinkingBlock {
  if (block['type'] === 'redacted_thinking') return isProof(block['data']);
  return block['type'] === 'thinking' && typeof block['thinking'] === 'string' && isProof(block['signature']);
}

function isProof(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && openReasoning('openai-responses', value) === undefined;
}
