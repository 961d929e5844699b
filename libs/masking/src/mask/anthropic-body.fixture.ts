import { schema } from './json-schema.fixture';

/** A body of `POST /v1/messages` whose strings say who wrote them. */
export function anthropicBody(): object {
  return {
    model: 'kept model',
    metadata: { user_id: 'client user', 'client key': 'client value' },
    stop_sequences: ['client stop'],
    user_profile_id: 'client profile',
    container: { id: 'client container', skills: [{ skill_id: 'client skill' }] },
    fallback_credit_token: { token: 'kept token' },
    fallbacks: [{ model: 'kept fallback', unheard_of: 'client fallback' }],
    thinking: { type: 'enabled', budget_tokens: 1000, unheard_of: 'client thinking option' },
    system: [
      { type: 'text', text: 'client first system' },
      { type: 'text', text: 'client system' },
    ],
    tools: [
      {
        name: 'client tool',
        description: 'client description',
        input_schema: schema(),
        input_examples: [{ 'client a': 'client b' }],
      },
      { type: 'advisor_20260301', name: 'advisor', model: 'kept model' },
      { type: 'web_search_20260318', name: 'web_search', allowed_domains: ['client domain'] },
      { type: 'mcp_toolset', mcp_server_name: 'client mcp', configs: { 'client tool name': {} } },
    ],
    tool_choice: { type: 'tool', name: 'client tool' },
    mcp_servers: [{ type: 'url', name: 'client mcp', url: 'kept url', authorization_token: 'kept authorization' }],
    context_management: { edits: [{ type: 'compact_20260112', instructions: 'client instructions' }] },
    messages: [
      { role: 'user', content: 'client string' },
      { role: 'user', 'client unheard of': 'client value', content: userBlocks() },
      { role: 'assistant', content: assistantBlocks() },
      { role: 'assistant', content: 'model string' },
      { role: 'client role', content: 'client after an unknown role' },
      { role: 'system', content: [{ type: 'text', text: 'client system message' }] },
    ],
  };
}

function userBlocks(): object[] {
  return [
    { type: 'text', text: 'client text', cache_control: { type: 'ephemeral' } },
    { type: 'thinking', thinking: 'client thinking', signature: 'client signature' },
    { type: 'redacted_thinking', data: 'client redacted' },
    { type: 'compaction', content: 'client compaction', encrypted_content: 'client blob' },
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'kept base64' } },
    { type: 'image', source: { type: 'url', url: 'kept url' } },
    {
      type: 'document',
      title: 'client title',
      context: 'client context',
      source: { type: 'text', data: 'client data' },
    },
    { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'client page' }] } },
    {
      type: 'search_result',
      title: 'tool title',
      source: 'tool source',
      content: [{ type: 'text', text: 'tool hit' }],
    },
    {
      type: 'tool_result',
      tool_use_id: 'tool id',
      content: [
        { type: 'text', text: 'tool text', citations: [{ encrypted_index: 'tool index', cited_text: 'tool cite' }] },
        { type: 'thinking', thinking: 'tool thinking', signature: 'tool signature' },
        { type: 'json', id: 'tool json id', signature: 'tool json signature', 'tool name': { type: 'tool type' } },
        { encrypted_content: 'tool without a type', cache_control: 'tool cache' },
        { type: 'tool_reference', tool_name: 'tool reference' },
        { type: 'image', source: { type: 'base64', data: 'kept screenshot' } },
        { type: 'browser_state', tabs: [{ title: 'tool tab', url: 'tool tab url' }] },
      ],
    },
    {
      type: 'unheard_of',
      signature: 'client s',
      encrypted_content: 'client e',
      id: 'client i',
      'client n': 'client v',
    },
    { type: 'text', text: 'client typed twice', id: 'client not kept' },
  ];
}

function assistantBlocks(): object[] {
  return [
    { type: 'thinking', thinking: 'kept thinking', signature: 'kept signature' },
    { type: 'redacted_thinking', data: 'kept redacted' },
    { type: 'compaction', content: 'kept compaction', encrypted_content: 'kept blob', signature: 'kept signature' },
    {
      type: 'text',
      text: 'model text',
      citations: [{ type: 'web_search_result_location', encrypted_index: 'kept index', cited_text: 'model cite' }],
    },
    { type: 'tool_use', id: 'model id', name: 'model name', input: { 'model key': ['model value', 7] } },
    { type: 'server_tool_use', id: 'model server id', name: 'web_search', input: { query: 'model query' } },
    {
      type: 'web_search_tool_result',
      tool_use_id: 'tool search id',
      content: [{ type: 'web_search_result', title: 'tool title', url: 'tool url', encrypted_content: 'kept content' }],
    },
    {
      type: 'bash_code_execution_tool_result',
      content: { type: 'bash_code_execution_result', stdout: 'tool stdout', stderr: 'tool stderr', content: [] },
    },
    { type: 'mcp_tool_result', tool_use_id: 'tool mcp id', content: [{ type: 'text', text: 'tool mcp' }] },
    { type: 'unheard_of', text: 'model block' },
  ];
}
