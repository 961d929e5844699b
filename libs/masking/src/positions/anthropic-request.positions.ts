import { JSON_SCHEMA_SHAPES } from './json-schema.positions';
import type { PositionTable } from './position-table';

/**
 * Where text lives in `POST /v1/messages` and `/v1/messages/count_tokens`, after the request types of
 * `@anthropic-ai/sdk` (stable and beta). What a table does not name is text, so that a new field cannot leak.
 *
 * Kept for a reason: thinking, signatures and encrypted blobs are checked by the provider byte for byte; base64 data,
 * file ids and URLs are no prose and must still work; ids and tool names tie blocks together.
 */
export const ANTHROPIC_REQUEST = {
  root: '@request',
  shapes: {
    ...JSON_SCHEMA_SHAPES,
    request: {
      fields: {
        model: 'keep',
        messages: '@message',
        system: '@system',
        tools: '@tool',
        tool_choice: 'keep',
        metadata: 'text',
        stop_sequences: 'text',
        user_profile_id: 'text',
        max_tokens: 'keep',
        stream: 'keep',
        thinking: 'keep',
        output_config: '@outputConfig',
        output_format: '@outputFormat',
        context_management: '@contextManagement',
        compaction: '@compactionConfig',
        mcp_servers: '@mcpServer',
        container: 'keep',
        cache_control: 'keep',
        service_tier: 'keep',
        speed: 'keep',
        inference_geo: 'keep',
        workspace_id: 'keep',
        betas: 'keep',
        billing_policy: 'keep',
        diagnostics: 'keep',
        fallback_credit_token: 'keep',
        fallbacks: 'keep',
        thread: 'keep',
      },
      rest: 'text',
    },
    system: { first: '@firstSystemBlock', rest: '@block' },
    firstSystemBlock: { fields: { type: 'keep', cache_control: 'keep', text: 'attribution' }, rest: '@inner' },
    message: { fields: { role: 'keep', content: '@block', output_config: 'keep', clear_at: 'keep' }, rest: 'text' },
    block: {
      types: {
        thinking: 'keep',
        redacted_thinking: 'keep',
        compaction: 'keep',
        tool_use: '@toolUse',
        server_tool_use: '@toolUse',
        mcp_tool_use: '@toolUse',
      },
      rest: '@inner',
    },
    /** Blocks that may also stand inside results, where nothing is signed. */
    inner: { types: { image: '@image', document: '@document', container_upload: 'keep' }, rest: '@plain' },
    /** Text, results, citations, errors and every block that is not known. */
    plain: {
      fields: {
        type: 'keep',
        id: 'keep',
        tool_use_id: 'keep',
        tool_name: 'keep',
        file_id: 'keep',
        cache_control: 'keep',
        caller: 'keep',
        signature: 'keep',
        encrypted_content: 'keep',
        encrypted_index: 'keep',
        encrypted_stdout: 'keep',
        input_schema: '@schema',
      },
      rest: '@inner',
    },
    image: { fields: { type: 'keep', source: '@source', cache_control: 'keep' }, rest: 'text' },
    document: { fields: { type: 'keep', source: '@source', cache_control: 'keep', citations: 'keep' }, rest: 'text' },
    source: { types: { base64: 'keep', url: 'keep', file: 'keep' }, rest: '@textSource' },
    textSource: { fields: { type: 'keep', media_type: 'keep', content: '@inner' }, rest: 'text' },
    toolUse: {
      fields: {
        type: 'keep',
        id: 'keep',
        name: 'keep',
        server_name: 'keep',
        toolset_name: 'keep',
        caller: 'keep',
        cache_control: 'keep',
        input: 'data',
      },
      rest: 'text',
    },
    tool: {
      fields: {
        type: 'keep',
        name: 'keep',
        mcp_server_name: 'keep',
        cache_control: 'keep',
        allowed_callers: 'keep',
        allowed_domains: 'keep',
        blocked_domains: 'keep',
        input_schema: '@schema',
        input_examples: 'data',
        tools: '@tool',
      },
      rest: 'text',
    },
    outputConfig: { fields: { effort: 'keep', format: '@outputFormat' }, rest: 'text' },
    outputFormat: { fields: { type: 'keep', schema: '@schema' }, rest: 'text' },
    contextManagement: { fields: { edits: '@contextEdit' }, rest: 'text' },
    contextEdit: { fields: { instructions: 'text' }, rest: 'keep' },
    compactionConfig: { fields: { instructions: 'text' }, rest: 'keep' },
    /** The provider calls these servers: name, address and credential must reach it. */
    mcpServer: {
      fields: { type: 'keep', name: 'keep', url: 'keep', authorization_token: 'keep', tool_configuration: 'keep' },
      rest: 'text',
    },
  },
} as const satisfies PositionTable;
