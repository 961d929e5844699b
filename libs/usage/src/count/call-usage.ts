import { isDialect, isObject, type JsonObject, type TokenUsage } from '@sallyport/dialects';
import type { CallAttempt, CallOutcome } from '../call-outcome';
import { count } from '../cost/token-classes';
import { estimateInputTokens } from './estimate-input-tokens';
import { isFinished, isReply, replyTexts } from './reply-texts';
import { countTextTokens } from './text-tokens';
import { countTextInput } from './text-input';

export type UsageSource = 'upstream' | 'estimated';

/** The tokens of a call. */
export interface CallUsage {
  readonly source: UsageSource;
  readonly tokens: TokenUsage;
  /** As the record shows it: in the upstream's words, with `estimated: true` when any of it was counted here. */
  readonly object: JsonObject;
}

/**
 * What the upstream reported, else what was counted. A stream that broke off may have reported less output than it
 * sent; then the larger number holds.
 *
 * @returns undefined when no tokens are known to have been used
 */
export async function callUsage(outcome: CallOutcome): Promise<CallUsage | undefined> {
  const reported = reportedUsage(outcome);
  if (reported === undefined) return isCounted(outcome) ? estimate(outcome) : undefined;
  const response = outcome.reply?.response;
  if (!outcome.streamed || outcome.failure === undefined || isFinished(response)) {
    return { source: 'upstream', tokens: reported, object: reported.raw };
  }
  const counted = await countTextTokens(replyTexts(response));
  const completionTokens = Math.max(reported.completionTokens, counted);
  const totalTokens = reported.promptTokens + completionTokens;
  const tokens = { ...reported, completionTokens, totalTokens };
  return { source: 'estimated', tokens, object: { ...reported.raw, estimated: true } };
}

/** Pictures, sound and vectors are counted under the names that the Responses API uses. */
function reportedUsage({ reply }: CallOutcome): TokenUsage | undefined {
  const usage = reply?.usage;
  if (usage === undefined || usage.promptTokens > 0 || usage.completionTokens > 0) return usage;
  const promptTokens = count(usage.raw['input_tokens']);
  const completionTokens = count(usage.raw['output_tokens']);
  const totalTokens = usage.totalTokens || promptTokens + completionTokens;
  return { ...usage, promptTokens, completionTokens, totalTokens };
}

/**
 * A reply, or its beginning, has cost tokens, and so has a prompt that was under way when the client left. A refusal
 * has not.
 */
function isCounted({ request, reply, failure, attempts, clientLeft }: CallOutcome): boolean {
  const { endpoint } = request;
  if (!isDialect(endpoint) && endpoint !== 'openai-completions' && endpoint !== 'openai-embeddings') return false;
  if (failure === undefined) return isObject(reply?.response);
  if (reply?.error !== undefined) return replyTexts(reply.response).length > 0;
  return isReply(reply?.response) || (clientLeft && isUnderWay(attempts));
}

/** Whether the last upstream that was tried had not refused. */
function isUnderWay(attempts: readonly CallAttempt[]): boolean {
  const last = attempts.at(-1);
  return last !== undefined && !/^[45]\d\d$/.test(last.status);
}

async function estimate({ request, reply }: CallOutcome): Promise<CallUsage> {
  const { body, endpoint } = request;
  const promptTokens = isDialect(endpoint)
    ? await estimateInputTokens(body)
    : await countTextInput(endpoint === 'openai-embeddings' ? body['input'] : body['prompt']);
  const completionTokens = await countTextTokens(replyTexts(reply?.response));
  const totalTokens = promptTokens + completionTokens;
  const object = {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: totalTokens,
    estimated: true,
  };
  const tokens = { promptTokens, completionTokens, totalTokens, ...NO_PARTS, raw: object };
  return { source: 'estimated', tokens, object };
}

const NO_PARTS = { cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
