import type { VendorOptions } from './ai-models';
import { EFFORT_BUDGETS, type VendorWishes } from './ai-vendor';

/** The least that Gemini 2.5 Pro thinks; the others can be kept from it. */
const LEAST_OF_PRO = 128;

/**
 * How Gemini is asked to think: by a budget in generation 2.5, by a level from then on.
 * Source: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/thinking
 */
export function vertexOptions(model: string, { effort }: VendorWishes): VendorOptions {
  const thinkingConfig = effort === undefined ? undefined : thinking(model, effort);
  return thinkingConfig === undefined ? {} : { vertex: { thinkingConfig } };
}

function thinking(model: string, effort: string): Record<string, string | number | boolean> | undefined {
  if (effort !== 'none' && !Object.hasOwn(EFFORT_BUDGETS, effort)) return undefined;
  const includeThoughts = effort !== 'none';
  const generation = Number(/gemini-(\d+(?:\.\d+)?)/.exec(model)?.[1] ?? 0);
  if (generation >= 3) return { thinkingLevel: levelOf(model, effort), includeThoughts };
  if (generation < 2.5) return undefined;
  const none = model.includes('pro') ? LEAST_OF_PRO : 0;
  return { thinkingBudget: effort === 'none' ? none : (EFFORT_BUDGETS[effort] ?? none), includeThoughts };
}

function levelOf(model: string, effort: string): string {
  if (effort === 'none' || effort === 'minimal') return model.includes('flash') ? 'minimal' : 'low';
  return effort === 'low' || effort === 'medium' ? effort : 'high';
}
