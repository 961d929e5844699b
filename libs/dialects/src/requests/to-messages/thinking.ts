import { claudeModel, type ClaudeModel } from '../../anthropic-messages/claude-models';
import type { MessagesThinking } from '../../anthropic-messages/messages-request';
import type { JsonObject } from '../../json/json-value';
import { malformed } from '../fields';
import type { RequestTranslation } from '../request-translation';
import { EFFORT_RULES } from './effort.rules';

/** Least budget that Anthropic allows. */
const LEAST_BUDGET = 1024;
/** Tokens of thought for an effort, for models whose thinking has a budget. */
const BUDGETS: Readonly<Record<string, number>> = {
  minimal: LEAST_BUDGET,
  low: LEAST_BUDGET,
  medium: 2048,
  high: 4096,
  xhigh: 8192,
  max: 16_384,
};

/** What a client says about thinking. */
export interface AskedThinking {
  /** In OpenAI's words. */
  readonly effort: string | undefined;
  /** Field that holds the effort. */
  readonly effortField: string;
  /** Anthropic's own `thinking`, as an extension of a chat request. */
  readonly thinking?: JsonObject | undefined;
  /** Whether it wants to see a summary of it. */
  readonly summarised?: boolean;
}

export interface ThinkingPlan {
  /** Whether the model was asked to think. */
  readonly on: boolean;
  readonly thinking?: MessagesThinking;
  /** Effort of the whole answer, for models that have this setting. */
  readonly effort?: string;
}

/**
 * How much the model is to think.
 *
 * @param possible whether nothing else in the request keeps it from thinking
 * @throws SallyportError `invalid_request`
 */
export function planThinking(asked: AskedThinking, possible: boolean, translation: RequestTranslation): ThinkingPlan {
  const model = claudeModel(translation.model);
  const effort = knownEffort(asked, translation);
  if (asked.thinking !== undefined) return givenThinking(asked.thinking, effort, possible, model, translation);
  if (effort === undefined) return { on: false };
  if (effort === 'none') return withoutThinking('none', model);
  if (!possible) {
    translation.drop(asked.effortField);
    return withoutThinking(effort, model);
  }
  if (model.thinking === 'budget') {
    return { on: true, thinking: { type: 'enabled', budget_tokens: BUDGETS[effort] ?? LEAST_BUDGET } };
  }
  const display = asked.summarised && { display: 'summarized' };
  return { on: true, thinking: { type: 'adaptive', ...display }, ...ownEffort(effort, model) };
}

/** A limit that leaves room for an answer behind the thinking. */
export function roomForThinking(maxTokens: number, { thinking }: ThinkingPlan): number {
  const budget = thinking !== undefined && 'budget_tokens' in thinking ? thinking.budget_tokens : undefined;
  return typeof budget === 'number' && maxTokens <= budget ? budget + maxTokens : maxTokens;
}

function knownEffort({ effort, effortField }: AskedThinking, translation: RequestTranslation): string | undefined {
  if (effort === undefined) return undefined;
  const kind = Object.hasOwn(EFFORT_RULES, `effort: ${effort}`) ? effort : 'other';
  return translation.checkContent(EFFORT_RULES, `effort: ${kind}`, effort, effortField) ? effort : undefined;
}

/** `thinking` as an extension of the chat request: it goes on as it is. */
function givenThinking(
  thinking: JsonObject,
  effort: string | undefined,
  possible: boolean,
  model: ClaudeModel,
  translation: RequestTranslation,
): ThinkingPlan {
  const own = effort === undefined ? {} : ownEffort(effort, model);
  if (!isThinking(thinking)) throw malformed('thinking.type', 'a string');
  if (thinking.type === 'disabled') return { on: false, thinking, ...own };
  if (possible) return { on: true, thinking, ...own };
  translation.drop('thinking');
  return withoutThinking(effort, model);
}

/** Any way to think that has a name is one for the upstream to judge. */
function isThinking(thinking: JsonObject): thinking is JsonObject & MessagesThinking {
  return typeof thinking['type'] === 'string';
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
