import { isDialect, isObject, objectOf, type Endpoint } from '@sallyport/dialects';
import type { CallOutcome, CallTarget } from '../call-outcome';
import type { CallUsage } from '../count/call-usage';
import type { CostBreakdown } from '../record/standard-logging-payload';
import { cataloguePrices } from './catalogue-prices';
import { billed, priceTokens, type CallPrices } from './price-tokens';
import { count, tokenClasses } from './token-classes';

/** Who says what a call costs. */
export type CostSource = 'upstream' | 'config' | 'catalogue';

export interface CallCost {
  readonly source: CostSource;
  readonly breakdown: CostBreakdown;
}

/**
 * The cost of a call: the upstream's own bill, else the configured prices, else those of the catalogue.
 *
 * @returns undefined when nobody knows it
 */
export function callCost({ request, target, times }: CallOutcome, usage: CallUsage): CallCost | undefined {
  const bill = usage.source === 'upstream' ? upstreamBill(usage.tokens.raw) : undefined;
  if (bill !== undefined) return { source: 'upstream', breakdown: billed(bill) };
  if (target === undefined) return undefined;
  if (target.prices !== undefined) return { source: 'config', breakdown: breakdownOf(usage, target.prices) };
  const prices = isPricedByText(request.endpoint) ? catalogued(target, usage, new Date(times.startedAt)) : undefined;
  return prices && { source: 'catalogue', breakdown: breakdownOf(usage, prices) };
}

/** OpenRouter bills with a number, Perplexity with an object of parts and their total. */
function upstreamBill({ cost }: Readonly<Record<string, unknown>>): number | undefined {
  const total = isObject(cost) ? cost['total_cost'] : cost;
  return typeof total === 'number' && Number.isFinite(total) && total >= 0 ? total : undefined;
}

function breakdownOf({ tokens }: CallUsage, prices: CallPrices): CostBreakdown {
  const webSearches = count(objectOf(tokens.raw['server_tool_use'])['web_search_requests']);
  return priceTokens(tokenClasses(tokens), prices, webSearches);
}

function catalogued(target: CallTarget, { tokens }: CallUsage, at: Date): CallPrices | undefined {
  return cataloguePrices(target, count(tokens.promptTokens), at);
}

/** Pictures and sound have token prices of their own, which their usage does not always tell apart. */
function isPricedByText(endpoint: Endpoint): boolean {
  return isDialect(endpoint) || endpoint === 'openai-completions' || endpoint === 'openai-embeddings';
}
