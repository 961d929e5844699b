import { JSON_SCHEMA_SHAPES } from './json-schema.positions';
import type { PositionTable } from './position-table';
import { RESPONSES_CALL_SHAPES } from './responses-call.positions';
import { RESPONSES_ITEM_SHAPES } from './responses-item.positions';
import { RESPONSES_TOOL_SHAPES } from './responses-tool.positions';

/**
 * Where text lives in `POST /v1/responses`, `/v1/responses/compact` and `/v1/responses/input_tokens`, after the request
 * types of `openai` (stable and beta). What a table does not name is data, so that a new field cannot leak.
 */
export const RESPONSES_REQUEST = {
  root: '@request',
  shapes: {
    ...JSON_SCHEMA_SHAPES,
    ...RESPONSES_ITEM_SHAPES,
    ...RESPONSES_CALL_SHAPES,
    ...RESPONSES_TOOL_SHAPES,
    request: {
      fields: {
        instructions: 'text',
        input: '@item',
        tools: '@tool',
        tool_choice: 'id',
        text: '@textConfig',
        prompt: '@prompt',
        user: 'text',
        safety_identifier: 'text',
        prompt_cache_key: 'text',
        metadata: 'data',
        previous_response_id: 'reference',
        conversation: 'reference',
        prompt_cache_options: 'reference',
        access_programs: 'word',
        background: 'word',
        betas: 'word',
        context_management: 'word',
        image: 'word',
        include: 'word',
        max_output_tokens: 'word',
        max_tool_calls: 'word',
        moderation: 'word',
        multi_agent: 'word',
        parallel_tool_calls: 'word',
        personality: 'word',
        prompt_cache_retention: 'word',
        reasoning: 'word',
        service_tier: 'word',
        store: 'word',
        stream: 'word',
        stream_options: 'word',
        temperature: 'word',
        top_logprobs: 'word',
        top_p: 'word',
        truncation: 'word',
      },
      kept: { model: 'model' },
      rest: 'data',
    },
    textConfig: { fields: { format: '@format', verbosity: 'word' }, rest: 'data' },
    format: {
      fields: { type: 'word', name: 'id', description: 'text', schema: '@schema', strict: 'word' },
      rest: 'data',
    },
    prompt: { fields: { id: 'reference', version: 'reference', variables: '@variables' }, rest: 'data' },
    /** The names are those of the stored prompt. */
    variables: { fields: {}, rest: '@part' },
  },
} as const satisfies PositionTable;
