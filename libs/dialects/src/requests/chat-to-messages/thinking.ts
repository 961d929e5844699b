import { claudeModel, type ClaudeModel } from '../../anthropic-messages/claude-models';
import type { JsonObject } from '../../reply/json-value';
import type { RequestTranslation } from '../../translation/request-translation';
import { malformed, optionalObject, optionalText } from '../from-messages/fields';
import { CHAT_TO_MESSAGES_RULES } from './chat-to-messages.rules';

/** Tokens of thought for an effort, for models whose thinking has a budget. The least that Anthropic allows is 1024. */
const BUDGETS: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 1024,
  medium: 2048,
  high: 4096,
  xhigh: 8192,
  max: 16_384,
};

export interface ThinkingPlan {
  /** Whether the model was asked to think. */
  readonly on: boolean;
  readonly thinking?: object;
  /** Effort of the whole answer, for models that have this setting. */
  readonly effort?: string;
}

/**
 * How much the model is to think.
 *
 * @param possible whether nothing else in the request keeps it from thinking
 * @throws SallyportError `invalid_request`
 */
export function planThinking(request: JsonObject, possible: boolean, translation: RequestTranslation): ThinkingPlan {
  const model = claudeModel(translation.model);
  const effort = readEffort(request, translation);
  const given = optionalObject(request, 'thinking');
  if (given !== undefined) return givenThinking(given, effort, possible, model, translation);
  if (effort === undefined) return { on: false };
  if (effort === 'none') return withoutThinking('none', model);
  if (!possible) {
    translation.drop('reasoning_effort');
    return withoutThinking(effort, model);
  }
  if (model.thinking === 'adaptive') return { on: true, thinking: { type: 'adaptive' }, ...ownEffort(effort, model) };
  return { on: true, thinking: { type: 'enabled', budget_tokens: BUDGETS[effort] } };
}

/** A limit that leaves room for an answer behind the thinking. */
export function roomForThinking(maxTokens: number, { thinking }: ThinkingPlan): number {
  const budget = thinking !== undefined && 'budget_tokens' in thinking ? thinking.budget_tokens : undefined;
  return typeof budget === 'number' && maxTokens <= budget ? budget + maxTokens : maxTokens;
}

function readEffort(request: JsonObject, translation: RequestTranslation): string | undefined {
  const effort = optionalText(request, 'reasoning_effort');
  if (effort === undefined || effort === 'none' || Object.hasOwn(BUDGETS, effort)) return effort;
  translation.checkContent(CHAT_TO_MESSAGES_RULES.content, 'reasoning_effort: other', effort, 'reasoning_effort');
  return undefined;
}

/** `thinking` as an extension of the chat request: it goes on as it is. */
function givenThinking(
  thinking: JsonObject,
  effort: string | undefined,
  possible: boolean,
  model: ClaudeModel,
  translation: RequestTranslation,
): ThinkingPlan {
  if (typeof thinking['type'] !== 'string') throw malformed('thinking.type', 'a string');
  const own = effort === undefined ? {} : ownEffort(effort, model);
  if (thinking['type'] === 'disabled') return { on: false, thinking, ...own };
  if (possible) return { on: true, thinking, ...own };
  translation.drop('thinking');
  return withoutThinking(effort, model);
}

function withoutThinking(effort: string | undefined, model: ClaudeModel): ThinkingPlan {
  const own = effort === undefined ? {} : ownEffort(effort, model);
  if (model.thinkingOff !== 'disable') return { on: false, ...own };
  // With thinking disabled, more than a high effort is refused.
  const tooHigh = own.effort === 'xhigh' || own.effort === 'max';
  return { on: false, thinking: { type: 'disabled' }, ...(tooHigh ? { effort: 'high' } : own) };
}

function ownEffort(effort: string, model: ClaudeModel): { effort?: string } {
  if (model.thinking === 'budget') return {};
  if (effort === 'none') return model.thinkingOff === 'never' ? { effort: 'low' } : {};
  if (effort === 'minimal') return { effort: 'low' };
  return { effort: effort === 'xhigh' && !model.extraHighEffort ? 'high' : effort };
}
