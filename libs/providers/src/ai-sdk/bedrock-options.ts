import { claudeModel } from '@sallyport/dialects';
import type { VendorOptions } from './ai-models';
import { EFFORT_BUDGETS, type EmbeddingWishes, type VendorWishes } from './ai-vendor';

/** Efforts of Nova and of OpenAI's models on Bedrock, for those that clients know. */
const EFFORTS: Readonly<Record<string, string>> = {
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'high',
};

/**
 * How a model on Bedrock is asked to think, and held to one tool at a time.
 * Source: https://ai-sdk.dev/providers/ai-sdk-providers/amazon-bedrock#reasoning
 */
export function bedrockOptions(model: string, { effort, oneToolAtATime, mayThink }: VendorWishes): VendorOptions {
  const reasoningConfig = effort === undefined ? undefined : reasoning(model, effort, mayThink);
  return {
    ...(reasoningConfig && { bedrock: { reasoningConfig } }),
    ...(oneToolAtATime && { anthropic: { disableParallelToolUse: true } }),
  };
}

function reasoning(model: string, effort: string, mayThink: boolean): Record<string, string | number> | undefined {
  if (!Object.hasOwn(EFFORTS, effort)) return undefined;
  if (model.includes('anthropic')) return mayThink ? claudeReasoning(model, effort) : undefined;
  const maxReasoningEffort = EFFORTS[effort] ?? 'medium';
  if (/(?:^|\.)openai\./.test(model)) return { maxReasoningEffort };
  return model.includes('amazon.nova-2') ? { type: 'enabled', maxReasoningEffort } : undefined;
}

/** The package raises the output limit by the budget. */
function claudeReasoning(model: string, effort: string): Record<string, string | number> {
  const { thinking, extraHighEffort } = claudeModel(model);
  if (thinking === 'budget') return { type: 'enabled', budgetTokens: EFFORT_BUDGETS[effort] ?? 1024 };
  const known = effort === 'minimal' ? 'low' : effort;
  return { type: 'adaptive', maxReasoningEffort: known === 'xhigh' && !extraHighEffort ? 'high' : known };
}

/** Titan, Nova and Cohere have a name each for the length of a vector. */
export function bedrockEmbeddingOptions(model: string, { dimensions, inputType }: EmbeddingWishes): VendorOptions {
  return {
    bedrock: {
      ...(dimensions !== undefined && { [dimensionsField(model)]: dimensions }),
      ...(inputType !== undefined && { inputType }),
    },
  };
}

function dimensionsField(model: string): string {
  if (model.includes('cohere.')) return 'outputDimension';
  return model.includes('amazon.nova-') ? 'embeddingDimension' : 'dimensions';
}
