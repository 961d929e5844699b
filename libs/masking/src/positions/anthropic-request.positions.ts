import { ANTHROPIC_BLOCK_SHAPES } from './anthropic-block.positions';
import { ANTHROPIC_TOOL_SHAPES } from './anthropic-tool.positions';
import { JSON_SCHEMA_SHAPES } from './json-schema.positions';
import type { PositionTable } from './position-table';

/**
 * Where text lives in `POST /v1/messages` and `/v1/messages/count_tokens`, after the request types of
 * `@anthropic-ai/sdk` (stable and beta). What a table does not name is data, so that a new field cannot leak.
 */
export const ANTHROPIC_REQUEST = {
  root: '@request',
  shapes: {
    ...JSON_SCHEMA_SHAPES,
    ...ANTHROPIC_BLOCK_SHAPES,
    ...ANTHROPIC_TOOL_SHAPES,
    request: {
      fields: {
        messages: '@message',
        system: '@system',
        tools: '@tool',
        tool_choice: '@toolChoice',
        metadata: 'data',
        stop_sequences: 'text',
        output_config: '@outputConfig',
        output_format: '@outputFormat',
        context_management: '@contextManagement',
        compaction: '@compactionConfig',
        mcp_servers: '@mcpServer',
        fallbacks: '@fallback',
        container: 'reference',
        diagnostics: 'reference',
        thread: 'reference',
        user_profile_id: 'reference',
        workspace_id: 'reference',
        max_tokens: 'word',
        temperature: 'word',
        top_k: 'word',
        top_p: 'word',
        stream: 'word',
        thinking: 'word',
        cache_control: 'word',
        service_tier: 'word',
        speed: 'word',
        inference_geo: 'word',
        betas: 'word',
        billing_policy: 'word',
      },
      kept: { model: 'model', fallback_credit_token: 'opaque' },
      rest: 'data',
    },
    system: { first: '@firstSystemBlock', rest: '@block' },
    /** The first block may be the line by which a coding agent names itself. */
    firstSystemBlock: {
      fields: { type: 'word', text: 'attribution', cache_control: 'word', citations: '@citation' },
      rest: 'data',
    },
    message: {
      by: 'role',
      types: { user: '@userMessage', assistant: '@assistantMessage', system: '@userMessage' },
      rest: '@userMessage',
    },
    userMessage: {
      fields: { role: 'word', content: '@block', output_config: 'word', clear_at: 'word' },
      rest: 'data',
    },
    assistantMessage: { author: 'model', fields: { role: 'word', content: '@assistantBlock' }, rest: 'data' },
    toolChoice: { fields: { type: 'word', name: 'id', disable_parallel_tool_use: 'word' }, rest: 'data' },
    outputConfig: { fields: { effort: 'word', format: '@outputFormat', task_budget: 'word' }, rest: 'data' },
    outputFormat: { fields: { type: 'word', schema: '@schema' }, rest: 'data' },
    contextManagement: { fields: { edits: '@contextEdit' }, rest: 'data' },
    contextEdit: {
      fields: {
        type: 'word',
        instructions: 'text',
        clear_tool_inputs: 'id',
        exclude_tools: 'id',
        clear_at_least: 'word',
        keep: 'word',
        trigger: 'word',
        pause_after_compaction: 'word',
      },
      rest: 'data',
    },
    compactionConfig: { fields: { type: 'word', instructions: 'text' }, rest: 'data' },
    mcpServer: {
      fields: { type: 'word', name: 'id', tool_configuration: 'id' },
      kept: { url: 'address', authorization_token: 'credential' },
      rest: 'data',
    },
    fallback: {
      fields: { max_tokens: 'word', output_config: '@outputConfig', speed: 'word', thinking: 'word' },
      kept: { model: 'model' },
      rest: 'data',
    },
  },
} as const satisfies PositionTable;
