import type { JsonObject } from '../../json/json-value';
import { isReasoningModel } from '../../openai-chat/openai-models';
import type { AnswerFormat } from '../answer-format';
import { endUser, LONGEST_OPENAI_USER } from '../end-user';
import {
  malformed,
  optionalList,
  optionalNumber,
  optionalObject,
  optionalText,
  requiredObject,
  requiredText,
} from '../fields';
import type { MessagesReading } from './messages-reading';

/** Least thinking budget in tokens for each effort; the thresholds are LiteLLM's. */
const EFFORT_BY_BUDGET: readonly (readonly [number, string])[] = [
  [10_000, 'high'],
  [5_000, 'medium'],
  [2_000, 'low'],
];

/** Anthropic's efforts in OpenAI's words: what is above `high` is not known by every model. */
const EFFORTS = new Map([
  ['low', 'low'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['xhigh', 'high'],
  ['max', 'high'],
]);

/** Temperature and `top_p`, as far as the model takes them. */
export function samplingOf(
  request: JsonObject,
  { translation }: MessagesReading,
): { temperature: number | undefined; top_p: number | undefined } {
  const temperature = optionalNumber(request, 'temperature');
  const topP = optionalNumber(request, 'top_p');
  if (!isReasoningModel(translation.model)) return { temperature, top_p: topP };
  if (temperature !== undefined && temperature !== 1) translation.drop('temperature');
  if (topP !== undefined) translation.drop('top_p');
  return { temperature: temperature === 1 ? temperature : undefined, top_p: undefined };
}

/** The reasoning effort that the client asks for: in so many words, or by the size of its thinking budget. */
export function effortOf(request: JsonObject, output: JsonObject, reading: MessagesReading): string | undefined {
  const budget = thinkingBudget(request, reading);
  const wanted = optionalText(output, 'effort', 'output_config');
  const effort = wanted === undefined ? undefined : EFFORTS.get(wanted);
  if (wanted !== undefined && effort === undefined) reading.translation.drop('output_config.effort');
  if (effort !== undefined || budget === undefined) return effort;
  return EFFORT_BY_BUDGET.find(([least]) => budget >= least)?.[1] ?? 'minimal';
}

function thinkingBudget(request: JsonObject, reading: MessagesReading): number | undefined {
  const thinking = optionalObject(request, 'thinking');
  if (thinking === undefined) return undefined;
  const kind = requiredText(thinking, 'type', 'thinking');
  if (!reading.takes('thinking', kind, thinking, 'thinking')) return undefined;
  const budget = optionalNumber(thinking, 'budget_tokens', 'thinking');
  if (budget === undefined) throw malformed('thinking.budget_tokens', 'a number');
  return budget;
}

/** The JSON schema that the answer has to follow. Anthropic gives it no name and always enforces it. */
export function formatOf(request: JsonObject, output: JsonObject, reading: MessagesReading): AnswerFormat | undefined {
  const current = optionalObject(output, 'format', 'output_config');
  const [format, path] =
    current === undefined
      ? [optionalObject(request, 'output_format'), 'output_format']
      : [current, 'output_config.format'];
  if (format === undefined) return undefined;
  if (!reading.takes('output format', requiredText(format, 'type', path), format, path)) return undefined;
  const schema = requiredObject(format, 'schema', path);
  return { type: 'json_schema', name: 'response', description: undefined, schema, strict: true };
}

/** The client's name for its user. */
export function userOf(request: JsonObject, reading: MessagesReading): string | undefined {
  return endUser(optionalText(reading.membersOf(request, 'metadata'), 'user_id', 'metadata'), LONGEST_OPENAI_USER);
}

export function stopSequencesOf(request: JsonObject): string[] {
  return (optionalList(request, 'stop_sequences') ?? []).map((sequence, index) => {
    if (typeof sequence !== 'string') throw malformed(`stop_sequences.${index}`, 'a string');
    return sequence;
  });
}
