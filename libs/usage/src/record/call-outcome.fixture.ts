import type { TokenUsage } from '@sallyport/dialects';
import type { CallAttempt, CallOutcome, CallRequest, RecordPolicy } from '../call-outcome';

export const FULL: RecordPolicy = { content: 'full', maxBase64Length: 64 };
export const NONE: RecordPolicy = { content: 'none', maxBase64Length: 64 };

const request: CallRequest = {
  callId: 'call-1',
  traceId: 't'.repeat(32),
  endpoint: 'openai-chat',
  route: '/v1/chat/completions',
  model: 'qwen-235b',
  keyHash: 'ab'.repeat(32),
  clientIp: '10.0.0.4',
  userAgent: 'openai/7 node',
  customHeaders: { 'x-team': 'blue' },
  body: {
    model: 'qwen-235b',
    messages: [{ role: 'user', content: 'Hi' }],
    temperature: 0.2,
    stream: true,
    user: 'user-7',
    metadata: { tags: ['prod'] },
  },
};

const attempt: CallAttempt = {
  deploymentId: 'd1',
  provider: 'openrouter',
  model: 'qwen/qwen3-235b-a22b-2507',
  status: '200',
  startedAt: 1_763_526_219_130,
  durationMs: 480,
};

/** The chat completion of which the seed shows the bill. */
export const REPLY = {
  id: 'gen-1',
  object: 'chat.completion',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello there, how are you?' } }],
};

export function usageOf(counts: Partial<TokenUsage>): TokenUsage {
  const { promptTokens = 14, completionTokens = 16 } = counts;
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
    raw: { prompt_tokens: promptTokens, completion_tokens: completionTokens },
    ...counts,
  };
}

/** A stream that ended well, with the upstream's own bill. */
export const STREAMED: CallOutcome = {
  request,
  target: {
    provider: 'openrouter',
    model: 'qwen/qwen3-235b-a22b-2507',
    deploymentId: 'd1',
    apiBase: 'https://openrouter.ai/api/v1',
    prices: undefined,
  },
  times: { startedAt: 1_763_526_219_120, endedAt: 1_763_526_221_120, firstByteAt: 1_763_526_219_620 },
  streamed: true,
  reply: {
    id: 'gen-1',
    usage: usageOf({ raw: { prompt_tokens: 14, completion_tokens: 16, total_tokens: 30, cost: 0.00001086 } }),
    error: undefined,
    response: REPLY,
  },
  failure: undefined,
  attempts: [attempt],
  clientLeft: false,
};

/** {@link STREAMED} with other members of its request, its body or itself. */
export function outcomeWith(
  changes: Partial<CallOutcome> & { body?: CallRequest['body']; ask?: Partial<CallRequest> },
): CallOutcome {
  const { body, ask, ...others } = changes;
  return { ...STREAMED, request: { ...request, ...ask, body: body ?? request.body }, ...others };
}
