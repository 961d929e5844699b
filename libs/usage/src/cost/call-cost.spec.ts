import type { TokenUsage } from '@sallyport/dialects';
import fc from 'fast-check';
import type { CallTarget, TokenPrices } from '../call-outcome';
import type { CallUsage } from '../count/call-usage';
import { outcomeWith, STREAMED, usageOf } from '../record/call-outcome.fixture';
import { callCost } from './call-cost';
import { priceTokens } from './price-tokens';
import { tokenClasses } from './token-classes';

const PRICES: TokenPrices = {
  input: 0.000_000_09,
  output: 0.000_000_6,
  cacheRead: undefined,
  cacheWrite: undefined,
  reasoning: undefined,
};

const upstream = (tokens: TokenUsage): CallUsage => ({ source: 'upstream', tokens, object: tokens.raw });

function costOf(target: Partial<CallTarget>, counts: Partial<TokenUsage> = {}) {
  const whole = { ...(STREAMED.target as CallTarget), ...target };
  return callCost(outcomeWith({ target: whole }), upstream(usageOf(counts)));
}

function totalOf(provider: string, model: string, counts: Partial<TokenUsage> = {}): number | undefined {
  const million = { promptTokens: 100_000, completionTokens: 100_000, ...counts };
  return costOf({ provider, model }, million)?.breakdown.total_cost;
}

describe(callCost.name, () => {
  it('makes the bill of the seed: 14 in, 16 out at 0.09 and 0.60 per million', () => {
    const cost = costOf({ prices: PRICES });
    expect(cost?.source).toBe('config');
    expect(cost?.breakdown.total_cost).toBe(0.00001086);
    expect(cost?.breakdown.input_cost).toBe(0.00000126);
    expect(cost?.breakdown.output_cost).toBe(0.0000096);
  });

  it('takes the upstream’s bill before the configuration, and that before the catalogue', () => {
    const raw = { cost: 0.5 };
    expect(costOf({ prices: PRICES }, { raw })).toMatchObject({
      source: 'upstream',
      breakdown: { total_cost: 0.5, original_cost: 0.5, input_cost: null },
    });
    expect(costOf({}, { raw: { cost: { total_cost: 0.25 } } })?.breakdown.total_cost).toBe(0.25);
    expect(costOf({}, { raw: { cost: 0 } })).toMatchObject({ source: 'upstream', breakdown: { total_cost: 0 } });
    for (const cost of [-1, Number.NaN, '1', null]) expect(costOf({}, { raw: { cost } })?.source).toBe('catalogue');
    expect(costOf({ prices: PRICES })?.source).toBe('config');
  });

  it('takes no bill of a stream that broke off', () => {
    const tokens = usageOf({ raw: { cost: 0.5 } });
    expect(callCost(STREAMED, { source: 'estimated', tokens, object: {} })?.source).toBe('catalogue');
  });

  it('knows a model that is free from one that is unknown', () => {
    const free = { ...PRICES, input: 0, output: 0 };
    expect(costOf({ prices: free })).toMatchObject({ source: 'config', breakdown: { total_cost: 0 } });
    expect(totalOf('openrouter', 'qwen/qwen3-coder:free')).toBe(0);
    expect(totalOf('openrouter', 'nobody/nothing')).toBeUndefined();
  });

  it.each([
    ['openai', 'gpt-4o', 1.25],
    ['openai', 'openai/gpt-4o', 1.25],
    ['openai', 'gpt-oss-20b', undefined],
    ['anthropic', 'claude-sonnet-4-20250514', 1.8],
    ['bedrock', 'us.anthropic.claude-sonnet-4-20250514-v1:0', 1.8],
    ['bedrock', 'converse/us.anthropic.claude-sonnet-4-20250514-v1:0', 1.8],
    ['azure', 'gpt-4o', 1.25],
    ['gemini', 'models/gemini-2.5-flash', 0.28],
    ['vertex_ai', 'claude-sonnet-4@20250514', 1.8],
    ['xai', 'grok-4', 1.8],
    ['together_ai', 'meta-llama/Llama-3.3-70B-Instruct-Turbo', 0.176],
    ['fireworks_ai', 'accounts/fireworks/models/gpt-oss-20b', 0.037],
    ['openrouter', 'openai/gpt-4o-mini', 0.075],
    ['laas', 'claude-4-sonnet', undefined],
    ['ollama', 'gpt-4o', undefined],
  ])('finds the price of %s/%s', (provider, model, total) => {
    expect(totalOf(provider, model)).toBe(total);
  });

  it('counts each token of a prompt cache once', () => {
    const counts = {
      promptTokens: 1_000,
      completionTokens: 10,
      cacheReadTokens: 100,
      cacheWriteTokens: 50,
      raw: { cache_creation: { ephemeral_1h_input_tokens: 20 }, server_tool_use: { web_search_requests: 2 } },
    };
    expect(costOf({ provider: 'anthropic', model: 'claude-sonnet-4-0' }, counts)?.breakdown).toMatchObject({
      input_cost: 0.00255,
      cache_read_cost: 0.00003,
      cache_creation_cost: 0.0002325,
      output_cost: 0.00015,
      reasoning_cost: 0,
      tool_usage_cost: 0.02,
      total_cost: 0.0229625,
    });
  });

  it('takes the price of the tier that the input has reached', () => {
    const model = { provider: 'gemini', model: 'gemini-2.5-pro' };
    expect(costOf(model, { promptTokens: 200_000, completionTokens: 100 })?.breakdown.total_cost).toBe(0.251);
    expect(costOf(model, { promptTokens: 400_000, completionTokens: 100 })?.breakdown.total_cost).toBe(1.0015);
  });

  it('asks again when the hour may have changed the price, and when many models were asked for', () => {
    const at = (hour: number, model = 'deepseek-v4-pro') => {
      const times = { ...STREAMED.times, startedAt: Date.UTC(2026, 10, 21, hour) };
      const target = { ...(STREAMED.target as CallTarget), provider: 'deepseek', model };
      return callCost(outcomeWith({ target, times }), upstream(usageOf({})))?.breakdown.total_cost;
    };
    expect([at(3), at(12), at(3)]).toEqual([0.00008184, 0.00004092, 0.00008184]);
    for (let index = 0; index < 1_100; index += 1) expect(at(3, `made-up-${index}`)).toBeUndefined();
    expect(at(3)).toBe(0.00008184);
  });

  it('adds what a vendor takes for the call itself', () => {
    const { breakdown } = costOf({ provider: 'perplexity', model: 'sonar' }) ?? {};
    expect(breakdown?.additional_costs).toEqual({ request: 0.012 });
    expect(breakdown?.total_cost).toBe(0.01203);
  });

  it('asks the catalogue for the prices of text only', () => {
    const outcome = outcomeWith({ ask: { endpoint: 'openai-audio-transcriptions' } });
    const target = { ...(outcome.target as CallTarget), provider: 'openai', model: 'gpt-4o' };
    expect(callCost({ ...outcome, target }, upstream(usageOf({})))).toBeUndefined();
  });
});

describe(tokenClasses.name, () => {
  it.each([
    ['included', { cacheReadTokens: 4, reasoningTokens: 6 }, { input: 10, output: 10 }],
    ['cached input beside the total', { cacheReadTokens: 40 }, { input: 14, cacheRead: 40, output: 16 }],
    ['more reasoning than output', { reasoningTokens: 20 }, { output: 16, reasoning: 20 }],
    ['reasoning beside the output', { reasoningTokens: 5, totalTokens: 35 }, { output: 16, reasoning: 5 }],
    ['nonsense', { promptTokens: -3, completionTokens: Number.NaN }, { input: 0, output: 0 }],
  ])('keeps %s apart', (_what, counts, expected) => {
    expect(tokenClasses(usageOf(counts))).toMatchObject(expected);
  });
});

describe(priceTokens.name, () => {
  const tokens = fc.nat(10_000_000);
  const price = fc.double({ min: 0, max: 0.001, noNaN: true });

  it('has a total that is the sum of its parts', () => {
    const usage = fc.record({
      promptTokens: tokens,
      completionTokens: tokens,
      cacheReadTokens: tokens,
      cacheWriteTokens: tokens,
      reasoningTokens: tokens,
    });
    const optional = fc.option(price, { nil: undefined });
    const prices = fc.record({
      input: price,
      output: price,
      cacheRead: optional,
      cacheWrite: optional,
      reasoning: optional,
    });
    fc.assert(
      fc.property(usage, prices, fc.nat(3), (counts, given, searches) => {
        const cost = priceTokens(tokenClasses(usageOf(counts)), { ...given, call: 0.01, webSearch: 0.02 }, searches);
        const { input_cost, cache_read_cost, cache_creation_cost, output_cost, tool_usage_cost } = cost;
        const parts = [input_cost, cache_read_cost, cache_creation_cost, output_cost, tool_usage_cost, 0.01];
        const sum = parts.reduce<number>((all, part) => all + (part ?? Number.NaN), 0);
        expect(cost.total_cost).toBe(Number(sum.toPrecision(15)));
        expect(cost.reasoning_cost).toBeLessThanOrEqual(cost.output_cost ?? 0);
      }),
    );
  });
});
