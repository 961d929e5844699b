import type { MaskedEndpoint } from '../positions/masked-endpoint';
import { anthropicBody } from './anthropic-body.fixture';
import { schema } from './json-schema.fixture';

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
