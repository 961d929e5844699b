import { createHash } from 'node:crypto';
import { claudeModel } from '../../anthropic-messages/claude-models';
import type { MessagesRequest, MessagesTextBlock } from '../../anthropic-messages/messages-request';
import type { JsonObject } from '../../reply/json-value';
import type { RequestTranslation, RequestTranslator } from '../../translation/request-translation';
import { malformed, optionalFlag, optionalNumber, optionalObject, optionalText } from '../from-messages/fields';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';
import { readConversation } from './conversation';
import { planOutput, type OutputPlan } from './output-format';
import { planThinking, roomForThinking, type ThinkingPlan } from './thinking';
import { isForced, readToolUse } from './tool-choice';
import { readTools } from './tools';
import { plainText } from './turn-list';

/** The least `top_p` that goes with thinking, and the greatest temperature. Source: Anthropic's thinking guide. */
const LEAST_TOP_P = 0.95;
const HOTTEST = 1;
/** Length of `metadata.user_id` that Anthropic takes. */
const LONGEST_USER = 256;

/**
 * OpenAI's chat completions for an upstream that speaks Anthropic's Messages.
 * Source: https://docs.anthropic.com/en/api/messages
 */
export const chatToMessages: RequestTranslator = (request, translation) => {
  translation.checkFields(CHAT_TO_MESSAGES_RULES.fields, request);
  const { system, turns } = readConversation(request, translation);
  const tools = readToolUse(request, readTools(request, translation), turns.calledTools(), translation);
  const thinking = planThinking(request, turns.takesThinking && !isForced(tools.choice), translation);
  const output = planOutput(request, tools, thinking.on, translation);
  const cacheControl = optionalObject(request, 'cache_control');
  const { toolUse, jsonTool } = output;
  const body: MessagesRequest = {
    model: translation.model,
    max_tokens: roomForThinking(maxTokens(request) ?? translation.traits.defaultMaxTokens, thinking),
    ...instructions(system, output),
    messages: turns.toMessages(),
    ...(toolUse.tools.length > 0 && { tools: toolUse.tools }),
    ...(toolUse.choice && { tool_choice: toolUse.choice }),
    ...thinkingFields(thinking, output),
    ...sampling(request, thinking.on, translation),
    ...stopSequences(request, translation),
    ...metadata(request),
    ...(cacheControl && { cache_control: cacheControl }),
    ...stream(request),
  };
  return { body: { ...body }, ...(jsonTool !== undefined && { jsonTool }) };
};

function maxTokens(request: JsonObject): number | undefined {
  return optionalNumber(request, 'max_completion_tokens') ?? optionalNumber(request, 'max_tokens');
}

export /** `system`: a plain text, or blocks. */
function instructions(
  system: readonly MessagesTextBlock[],
  { instruction }: OutputPlan,
): Pick<MessagesRequest, 'system'> {
  const blocks = instruction === undefined ? system : [...system, { type: 'text' as const, text: instruction }];
  return blocks.length === 0 ? {} : { system: plainText(blocks) };
}

export /** What asks the model to think, and to answer in a form. */
function thinkingFields({ thinking, effort }: ThinkingPlan, { format }: OutputPlan): JsonObject {
  const config = { ...(effort !== undefined && { effort }), ...(format && { format }) };
  return { ...(thinking && { thinking }), ...(Object.keys(config).length > 0 && { output_config: config }) };
}

export /** Temperature and the like, as far as they go with thinking and the model takes them. */
function sampling(request: JsonObject, thinking: boolean, translation: RequestTranslation): JsonObject {
  const temperature = optionalNumber(request, 'temperature');
  const values = {
    temperature: temperature === undefined ? undefined : Math.min(temperature, HOTTEST),
    top_p: optionalNumber(request, 'top_p'),
    top_k: optionalNumber(request, 'top_k'),
  };
  const { dropParams } = translation.traits;
  const accepted = claudeModel(translation.model).sampling || !dropParams;
  const kept = Object.entries(values).filter(([name, value]) => {
    if (value === undefined) return false;
    const keep = accepted && (!thinking || goesWithThinking(name, value));
    if (!keep) translation.drop(name);
    return keep;
  });
  return Object.fromEntries(kept);
}

function goesWithThinking(name: string, value: number): boolean {
  if (name === 'temperature') return value === HOTTEST;
  return name === 'top_p' && value >= LEAST_TOP_P;
}

function stopSequences(request: JsonObject, translation: RequestTranslation): Pick<MessagesRequest, 'stop_sequences'> {
  const { stop } = request;
  if (stop === undefined || stop === null) return {};
  const sequences: unknown[] = Array.isArray(stop) ? stop : [stop];
  const kept = sequences.filter((sequence, index) => {
    if (typeof sequence !== 'string') throw malformed(Array.isArray(stop) ? `stop.${index}` : 'stop', 'a string');
    if (sequence.trim() !== '') return true;
    translation.drop(Array.isArray(stop) ? `stop.${index}` : 'stop');
    return false;
  });
  return kept.length === 0 ? {} : { stop_sequences: kept as string[] };
}

export /** The client’s end user. */
function metadata(request: JsonObject): Pick<MessagesRequest, 'metadata'> {
  const user = optionalText(request, 'user') ?? optionalText(request, 'safety_identifier');
  if (user === undefined || user === '') return {};
  const digest = (): string => createHash('sha256').update(user).digest('hex');
  return { metadata: { user_id: user.length > LONGEST_USER ? digest() : user } };
}

function stream(request: JsonObject): Pick<MessagesRequest, 'stream'> {
  const streamed = optionalFlag(request, 'stream');
  return streamed === undefined ? {} : { stream: streamed };
}
