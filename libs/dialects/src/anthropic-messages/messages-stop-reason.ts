import { textOf } from '../json/json-value';
import type { StopReason } from '../reply/assistant-reply';

const READ: Readonly<Record<string, StopReason>> = {
  end_turn: 'end',
  pause_turn: 'end',
  stop_sequence: 'stop-sequence',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'refusal',
};

/**
 * What a `stop_reason` means; one that is unknown is an ordinary end.
 *
 * @param hasCalls whether the reply calls tools, for servers that leave the reason out
 */
export function readStopReason(reason: unknown, hasCalls: boolean): StopReason {
  const text = textOf(reason);
  if (text === undefined) return hasCalls ? 'tool-calls' : 'end';
  return (Object.hasOwn(READ, text) ? READ[text] : undefined) ?? 'end';
}

const WRITTEN: Readonly<Record<Exclude<StopReason, 'refusal'>, string>> = {
  end: 'end_turn',
  'stop-sequence': 'stop_sequence',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
};

/** The members of a message that tell why it ended. */
export interface MessagesStop {
  readonly stop_reason: string;
  readonly stop_sequence: string | null;
  readonly stop_details: { type: 'refusal'; category: null; explanation: string } | null;
}

/**
 * @param refusal what the model said to refuse; a reply that ends with it is refused, whatever the upstream calls it
 * @param filteredAs what a reply is told to have ended with that was filtered without a word
 */
export function writeStop(
  stop: StopReason,
  sequence: string | undefined,
  refusal: string,
  filteredAs: 'refusal' | 'stop_sequence',
): MessagesStop {
  if (refusal !== '' && (stop === 'refusal' || stop === 'end')) {
    const details = { type: 'refusal', category: null, explanation: refusal } as const;
    return { stop_reason: 'refusal', stop_sequence: null, stop_details: details };
  }
  const reason = stop === 'refusal' ? filteredAs : WRITTEN[stop];
  return { stop_reason: reason, stop_sequence: sequence ?? null, stop_details: null };
}
