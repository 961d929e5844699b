import { textOf } from '../json/json-value';
import type { StopReason } from '../reply/assistant-reply';

/** OpenAI's own words, and those of servers that resemble it (Mistral, TGI, Cohere and others). */
const READ: Readonly<Record<string, StopReason>> = {
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  content_filter: 'refusal',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
};

/**
 * What a `finish_reason` means; one that is unknown or missing is an ordinary end.
 *
 * @param hasCalls whether the reply calls tools: many servers say `stop` then, OpenAI too when the tool was forced
 */
export function readFinishReason(reason: unknown, hasCalls: boolean): StopReason {
  const text = textOf(reason)?.toLowerCase();
  const known = text !== undefined && Object.hasOwn(READ, text) ? READ[text] : undefined;
  return known ?? (hasCalls ? 'tool-calls' : 'end');
}

const WRITTEN: Readonly<Record<StopReason, string>> = {
  end: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  refusal: 'content_filter',
};

export function writeFinishReason(stop: StopReason): string {
  return WRITTEN[stop];
}
