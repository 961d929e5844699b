/** LiteLLM's value: clients want a number there, and a configured name has no birthday. */
const CREATED = 1_677_610_602;
const CREATED_AT = new Date(CREATED * 1000).toISOString().replace('.000Z', 'Z');

/** A model as OpenAI's API describes it. Source: https://platform.openai.com/docs/api-reference/models/object */
export interface OpenAiModel {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
}

/** A model as Anthropic's API describes it. Source: https://docs.anthropic.com/en/api/models */
export interface AnthropicModel {
  readonly type: 'model';
  readonly id: string;
  readonly display_name: string;
  /** RFC 3339. */
  readonly created_at: string;
}

export interface OpenAiModelList {
  readonly object: 'list';
  readonly data: readonly OpenAiModel[];
}

/** One page of models; `first_id` and `last_id` are cursors, null when the page is empty. */
export interface AnthropicModelPage {
  readonly data: readonly AnthropicModel[];
  readonly has_more: boolean;
  readonly first_id: string | null;
  readonly last_id: string | null;
}

export interface PageRequest {
  /** Most models on the page; all of them when undefined. */
  readonly limit?: number | undefined;
  /** Cursor: the page begins behind this id. */
  readonly afterId?: string | undefined;
  /** Cursor: the page ends before this id. */
  readonly beforeId?: string | undefined;
}

export function openAiModel(id: string): OpenAiModel {
  return { id, object: 'model', created: CREATED, owned_by: 'openai' };
}

export function openAiModelList(ids: readonly string[]): OpenAiModelList {
  return { object: 'list', data: ids.map(openAiModel) };
}

export function anthropicModel(id: string): AnthropicModel {
  return { type: 'model', id, display_name: id, created_at: CREATED_AT };
}

/** A cursor that is no id in `ids` does not narrow the page: the configuration may have changed since. */
export function anthropicModelPage(
  ids: readonly string[],
  { limit, afterId, beforeId }: PageRequest,
): AnthropicModelPage {
  const after = afterId === undefined ? -1 : ids.indexOf(afterId);
  const before = beforeId === undefined ? -1 : ids.indexOf(beforeId);
  const left = ids.slice(after + 1, before === -1 ? undefined : before);
  const most = limit ?? left.length;
  // Going back, the page is the one right before the cursor.
  const page = before === -1 ? left.slice(0, most) : left.slice(Math.max(0, left.length - most));
  return {
    data: page.map(anthropicModel),
    has_more: page.length < left.length,
    first_id: page[0] ?? null,
    last_id: page.at(-1) ?? null,
  };
}
