import type { MaskedEndpoint } from '../positions/masked-endpoint';

/**
 * Bodies whose every string says by its first word who wrote it, or `kept` when it must stay; words of the protocol
 * say nothing. None of the strings is an identifier, so that what only stays while it is one does not.
 */
export const AUTHORED_BODIES: readonly (readonly [endpoint: MaskedEndpoint, body: object])[] = [
  ['anthropic-messages', anthropicBody()],
  ['anthropic-count-tokens', anthropicBody()],
  ['openai-chat', chatBody()],
  ['openai-responses', responsesBody()],
  [
    'openai-completions',
    {
      model: 'kept model',
      prompt: ['client prompt', 'client second prompt'],
      suffix: 'client suffix',
      stop: ['client stop'],
      user: 'client user',
      unheard_of: { 'client name': 'client value' },
    },
  ],
  ['openai-embeddings', { model: 'kept model', input: ['client one', 'client two'], user: 'client user' }],
];

function schema(): object {
  return {
    type: 'object',
    description: 'client schema',
    properties: {
      'kept property': {
        type: 'string',
        enum: ['client enum'],
        default: { 'client default name': 'client default' },
        examples: ['client example'],
        const: 'client const',
        pattern: 'client pattern',
        'x-unknown': 'client keyword',
      },
      type: { type: 'string', description: 'client property called type' },
      nested: { items: { $ref: 'kept #/$defs/x' }, anyOf: [{ const: 'client any' }] },
    },
    required: ['kept property'],
    $defs: { 'kept def': { title: 'client title' } },
  };
}

function anthropicBody(): object {
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

function chatBody(): object {
  return {
    model: 'kept model',
    user: 'client user',
    metadata: { 'client key': 'client value' },
    tools: [{ type: 'function', function: { name: 'client tool', description: 'client what', parameters: schema() } }],
    tool_choice: { type: 'function', function: { name: 'client tool' } },
    response_format: { type: 'json_schema', json_schema: { name: 'client format', schema: schema() } },
    stop: ['client stop'],
    prediction: { type: 'content', content: [{ type: 'text', text: 'client prediction' }] },
    extra_body: { 'client extra': 'client value' },
    service_tier: 'client tier',
    messages: [
      { role: 'system', content: 'client system', name: 'client name' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'client text' },
          { type: 'image_url', image_url: { url: 'kept image url' } },
          { type: 'input_audio', input_audio: { data: 'kept audio', format: 'wav' } },
          { type: 'file', file: { filename: 'client filename', file_data: 'kept file' } },
          { type: 'unheard_of', data: 'client part' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'model text' },
          { type: 'thinking', thinking: 'kept thinking' },
        ],
        reasoning_content: 'model reasoning',
        reasoning_details: [{ data: 'kept details' }],
        refusal: 'model refusal',
        tool_calls: [
          {
            id: 'model call id',
            type: 'function',
            function: { name: 'model tool', arguments: '{"model key":"model value","n":["model item"]}' },
            extra_content: { google: { thought_signature: 'kept signature' } },
          },
          { id: 'model custom id', type: 'custom', custom: { name: 'model custom', input: 'model input' } },
        ],
        function_call: { name: 'model function', arguments: 'model arguments that are no JSON' },
      },
      { role: 'tool', tool_call_id: 'tool call id', content: 'tool result' },
      { role: 'function', name: 'tool name', content: [{ type: 'text', text: 'tool part' }] },
      { content: 'client without a role', reasoning_details: 'client details' },
    ],
  };
}

function responsesBody(): object {
  return {
    model: 'kept model',
    instructions: 'client instructions',
    previous_response_id: 'client previous',
    metadata: { 'client key': 'client value' },
    prompt: {
      id: 'client prompt',
      variables: { city: 'client city', text: { type: 'input_text', text: 'client variable' } },
    },
    text: { format: { type: 'json_schema', name: 'client format', schema: schema() } },
    tools: [
      { type: 'function', name: 'client tool', parameters: schema(), strict: true },
      {
        type: 'mcp',
        server_label: 'client label',
        server_url: 'kept url',
        authorization: 'kept key',
        headers: { a: 'kept header' },
      },
      { type: 'custom', name: 'client custom', format: { type: 'grammar', definition: 'client grammar' } },
      {
        type: 'code_interpreter',
        container: { type: 'auto', network_policy: { domain_secrets: [{ value: 'kept secret' }] } },
      },
    ],
    input: [
      { role: 'user', content: 'client easy' },
      { role: 'assistant', content: 'model easy' },
      { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'client text' }] },
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_image', image_url: 'kept image' },
          { type: 'input_file', filename: 'client filename', file_data: 'kept data', file_url: 'kept url' },
        ],
      },
      {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'model text', annotations: [{ title: 'model title' }] }],
      },
      {
        type: 'reasoning',
        summary: [{ type: 'summary_text', text: 'model summary' }],
        encrypted_content: 'kept reasoning',
      },
      { type: 'compaction', encrypted_content: 'kept compaction' },
      { type: 'item_reference', id: 'client reference' },
      { type: 'function_call', call_id: 'model call', name: 'model name', arguments: '{"model key":"model value"}' },
      { type: 'function_call_output', call_id: 'tool call', output: 'tool output' },
      { type: 'custom_tool_call', call_id: 'model custom', name: 'model custom name', input: 'model input' },
      { type: 'custom_tool_call_output', call_id: 'tool custom', output: [{ type: 'input_text', text: 'tool part' }] },
      {
        type: 'local_shell_call',
        action: { type: 'exec', command: ['model command'], env: { 'model variable': 'model env' } },
      },
      { type: 'shell_call_output', output: [{ stdout: 'tool stdout', stderr: 'tool stderr' }] },
      { type: 'apply_patch_call', operation: { type: 'update_file', path: 'model path', diff: 'model diff' } },
      { type: 'computer_call_output', output: { type: 'computer_screenshot', image_url: 'kept screenshot' } },
      {
        type: 'mcp_call',
        arguments: '{"q":"model argument"}',
        output: 'tool answer',
        error: { message: 'tool error' },
      },
      { type: 'mcp_list_tools', tools: [{ name: 'tool name', description: 'tool description', input_schema: {} }] },
      {
        type: 'file_search_call',
        queries: ['model query'],
        results: [{ text: 'tool hit', attributes: { 'tool key': 'tool value' } }],
      },
      { type: 'code_interpreter_call', code: 'model code', outputs: [{ type: 'logs', logs: 'tool logs' }] },
      { type: 'image_generation_call', result: 'kept picture', revised_prompt: 'model prompt' },
      { type: 'mcp_approval_response', approve: false, reason: 'client reason' },
      { type: 'unheard_of', encrypted_content: 'client blob', id: 'client id', 'client name': 'client value' },
    ],
  };
}
