import type { PositionTable } from './position-table';

/**
 * Where tokens are restored in a reply to `POST /v1/messages` and `/v1/messages/count_tokens`; everything else is kept.
 * The calls and results of tools that the provider runs come back to it in the next request, so they stay as they are.
 */
export const ANTHROPIC_REPLY = {
  root: '@reply',
  shapes: {
    reply: {
      fields: {
        content: '@block',
        stop_sequence: 'text',
        stop_details: '@stopDetails',
        error: 'text',
        message: 'text',
        detail: 'text',
      },
      kept: {
        id: 'protocol',
        model: 'protocol',
        container: 'protocol',
        context_management: 'protocol',
        diagnostics: 'protocol',
        input_transformations: 'protocol',
        usage: 'protocol',
      },
      rest: 'keep',
    },
    stopDetails: {
      fields: { explanation: 'text' },
      kept: { fallback_credit_token: 'opaque', recommended_model: 'protocol' },
      rest: 'keep',
    },
    block: {
      types: { text: '@text', tool_use: '@toolUse' },
      kept: {
        thinking: 'signed',
        redacted_thinking: 'signed',
        compaction: 'signed',
        server_tool_use: 'server',
        mcp_tool_use: 'server',
        mcp_tool_result: 'server',
        web_search_tool_result: 'server',
        web_fetch_tool_result: 'server',
        advisor_tool_result: 'server',
        code_execution_tool_result: 'server',
        bash_code_execution_tool_result: 'server',
        text_editor_code_execution_tool_result: 'server',
        tool_search_tool_result: 'server',
        mcp_tool_listing: 'server',
        container_upload: 'protocol',
        fallback: 'protocol',
      },
      rest: 'keep',
    },
    text: { fields: { text: 'text', citations: '@citation' }, rest: 'keep' },
    citation: {
      fields: { cited_text: 'text', document_title: 'text', title: 'text', source: 'text' },
      kept: { url: 'server', encrypted_index: 'opaque', file_id: 'protocol' },
      rest: 'keep',
    },
    toolUse: {
      fields: { name: 'text', toolset_name: 'text', input: 'data' },
      kept: { id: 'protocol', caller: 'protocol' },
      rest: 'keep',
    },
  },
} as const satisfies PositionTable;
