import type { TokenPrices } from '../call-outcome';
import type { CostBreakdown } from '../record/standard-logging-payload';
import type { TokenClasses } from './token-classes';

/** What a call costs that has these prices; in US dollars for one of each. */
export interface CallPrices extends TokenPrices {
  /** Undefined: as `cacheWrite`. */
  readonly cacheWriteHour?: number | undefined;
  /** For the call itself, whatever it says. */
  readonly call?: number | undefined;
  readonly webSearch?: number | undefined;
}

/** Digits to which money is exact; the rest is the noise of binary fractions. */
const DIGITS = 15;

/** A breakdown whose total is the sum of its parts: reasoning is a part of the output, everything else is disjoint. */
export function priceTokens(tokens: TokenClasses, prices: CallPrices, webSearches: number): CostBreakdown {
  const cacheWrite = prices.cacheWrite ?? prices.input;
  const input = money(tokens.input * prices.input);
  const cacheRead = money(tokens.cacheRead * (prices.cacheRead ?? prices.input));
  const written = tokens.cacheWrite * cacheWrite + tokens.cacheWriteHour * (prices.cacheWriteHour ?? cacheWrite);
  const cacheCreation = money(written);
  const reasoning = money(tokens.reasoning * (prices.reasoning ?? prices.output));
  const output = money(tokens.output * prices.output + reasoning);
  const tools = money(webSearches * (prices.webSearch ?? 0));
  const call = prices.call ?? 0;
  const total = money(input + cacheRead + cacheCreation + output + tools + call);
  return {
    ...NO_BREAKDOWN,
    input_cost: input,
    cache_read_cost: cacheRead,
    cache_creation_cost: cacheCreation,
    output_cost: output,
    reasoning_cost: reasoning,
    tool_usage_cost: tools,
    additional_costs: call === 0 ? null : { request: call },
    original_cost: total,
    total_cost: total,
  };
}

/** An upstream's own bill tells the total and nothing of its parts. */
export function billed(total: number): CostBreakdown {
  return { ...NO_BREAKDOWN, original_cost: total, total_cost: total };
}

/** Rounds to as many digits as a binary fraction holds exactly, so that 0.1 + 0.2 is 0.3. */
function money(dollars: number): number {
  return Number(dollars.toPrecision(DIGITS));
}

const NO_BREAKDOWN = {
  input_cost: null,
  cache_read_cost: null,
  cache_creation_cost: null,
  output_cost: null,
  reasoning_cost: null,
  tool_usage_cost: null,
  additional_costs: null,
  discount_percent: null,
  discount_amount: null,
  margin_percent: null,
  margin_fixed_amount: null,
  margin_total_amount: null,
} as const;
