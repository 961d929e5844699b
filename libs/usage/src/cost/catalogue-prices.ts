import { calcPrice, type ModelPrice } from '@pydantic/genai-prices';
import type { CallTarget } from '../call-outcome';
import { catalogueEntry } from './catalogue-providers';
import type { CallPrices } from './price-tokens';

const MILLION = 1_000_000;
const THOUSAND = 1_000;
/** Prices change at whole minutes at most. */
const MINUTE_MS = 60_000;
/** Clients may make up names of models, as many and as long as they like. */
const MOST_LOOKED_UP = 1_000;
const LONGEST_NAME = 256;

/**
 * Prices of a model in the catalogue of `@pydantic/genai-prices`, which is part of the installation: nothing is
 * fetched. A model that is listed without prices is free.
 *
 * @param inputTokens the whole input, on which prices with tiers depend
 * @param at prices may change with the day and the hour
 * @returns undefined when the model is not listed, or not by its tokens
 */
export function cataloguePrices(
  { provider, model }: Pick<CallTarget, 'provider' | 'model'>,
  inputTokens: number,
  at: Date,
): CallPrices | undefined {
  if (model.length > LONGEST_NAME) return undefined;
  const minute = Math.floor(at.getTime() / MINUTE_MS);
  const key = `${provider}/${model}`;
  const known = lookedUp.get(key);
  if (known?.minute === minute) return known.price && pricesOf(known.price, inputTokens);
  const price = lookUp(provider, model, at);
  if (lookedUp.size >= MOST_LOOKED_UP) lookedUp.clear();
  lookedUp.set(key, { minute, price });
  return price && pricesOf(price, inputTokens);
}

/** The catalogue is searched with patterns, which takes longer than all the rest of a record. */
const lookedUp = new Map<string, { readonly minute: number; readonly price: ModelPrice | undefined }>();

function lookUp(provider: string, model: string, at: Date): ModelPrice | undefined {
  const entry = catalogueEntry(provider, model);
  for (const name of entry?.names ?? []) {
    const found = calcPrice({}, name, { providerId: entry?.providerId ?? '', timestamp: at });
    if (found !== null) return found.model_price;
  }
  return undefined;
}

function pricesOf(price: ModelPrice, inputTokens: number): CallPrices | undefined {
  const isFree = Object.keys(price).length === 0;
  const isKnown = isFree || [price['input_mtok'], price['output_mtok'], price['requests_kcount']].some(isGiven);
  if (!isKnown) return undefined;
  const per = (name: string, units: number): number | undefined => {
    const value = atTier(price[name], inputTokens);
    return value === undefined ? undefined : value / units;
  };
  return {
    input: per('input_mtok', MILLION) ?? 0,
    output: per('output_mtok', MILLION) ?? 0,
    cacheRead: per('cache_read_mtok', MILLION),
    cacheWrite: per('cache_write_mtok', MILLION),
    cacheWriteHour: per('cache_write_1h_mtok', MILLION),
    reasoning: per('output_reasoning_mtok', MILLION),
    call: per('requests_kcount', THOUSAND),
    webSearch: per('web_searches_kcount', THOUSAND),
  };
}

/** The tier that the input has passed holds for all tokens of the call. */
function atTier(price: ModelPrice[string], inputTokens: number): number | undefined {
  if (typeof price !== 'object') return price;
  return price.tiers.reduce((last, tier) => (inputTokens > tier.start ? tier.price : last), price.base);
}

function isGiven(price: ModelPrice[string]): boolean {
  return price !== undefined;
}
