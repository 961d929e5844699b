import type { Endpoint } from '@sallyport/dialects';
import { chooseEndpoints } from '../choose-endpoints';
import type { ProviderSettings } from '../provider-settings';
import type { AiModels, VendorOptions } from './ai-models';

/** What a vendor is asked for besides what all vendors call by the same name. */
export interface VendorWishes {
  /** `reasoning_effort` of the client. */
  readonly effort: string | undefined;
  /** Whether the model may call one tool at a time only. */
  readonly oneToolAtATime: boolean;
  /**
   * Whether Claude may think: not when a tool is forced, and not when results follow a call that came without the
   * signed thoughts behind it.
   */
  readonly mayThink: boolean;
}

export interface EmbeddingWishes {
  readonly dimensions: number | undefined;
  /** `search_query`, `search_document` and the like, as Cohere calls them. */
  readonly inputType: string | undefined;
}

/** A vendor that is reached through its package of the AI SDK, and where it differs from the others. */
export interface AiVendor {
  /** Provider name in records. */
  readonly name: string;
  readonly apiBase: string;
  readonly endpoints: readonly Endpoint[];
  /** Loads the package: it is large, and most gateways never need it. */
  readonly load: (fetch: typeof globalThis.fetch) => Promise<AiModels>;
  /** Whether instructions may stand between the turns; they become the user's own words otherwise. */
  readonly takesLaterInstructions: boolean;
  /** Whether JSON without a schema has to be asked for in words. */
  readonly wantsJsonInWords: boolean;
  /** Whether tool calls of earlier turns are lost unless tools come along. */
  readonly needsToolsForCalls: boolean;
  /** Whether a model can be held to one tool at a time. */
  readonly canCallOneTool: (model: string) => boolean;
  /** Name under which the package keeps proofs of reasoning; undefined when it takes none back. */
  readonly proofsOf: string | undefined;
  readonly options: (model: string, wishes: VendorWishes) => VendorOptions;
  readonly embeddingOptions: (model: string, wishes: EmbeddingWishes) => VendorOptions;
  /** HTTP status that an error inside a stream stands for, told by the event that brought it. */
  readonly statusOfEvent?: (event: unknown) => number | undefined;
}

/** Tokens for each effort, as they are for Anthropic's models. */
export const EFFORT_BUDGETS: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 1024,
  medium: 2048,
  high: 4096,
  xhigh: 8192,
  max: 16_384,
};

/**
 * What a vendor is asked for, unless the operator says otherwise.
 *
 * @throws RangeError when the operator names something else
 */
export function vendorEndpoints(settings: Pick<ProviderSettings, 'endpoints' | 'chatOnly'>): Endpoint[] {
  const endpoints: Endpoint[] = ['openai-chat', 'openai-embeddings'];
  const paths = Object.fromEntries(endpoints.map((endpoint) => [endpoint, '']));
  return Object.keys(chooseEndpoints(endpoints, paths, settings)) as Endpoint[];
}
