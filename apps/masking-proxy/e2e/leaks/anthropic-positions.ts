import { json, SCHEMA, USER, type LeakPosition } from './leak-position';

const HEAD = { model: 'm', max_tokens: 16 };

const anthropic = (name: string, fields: (value: string) => object): LeakPosition => ({
  name,
  body: (value) => ({ ...HEAD, messages: [USER], ...fields(value) }),
});
const block = (name: string, content: (value: string) => object | string, role = 'user'): LeakPosition =>
  anthropic(name, (value) => {
    const made = content(value);
    return { messages: [USER, { role, content: typeof made === 'string' ? made : [made] }] };
  });
const result = (name: string, content: (value: string) => unknown): LeakPosition =>
  block(`tool_result ${name}`, (value) => ({ type: 'tool_result', tool_use_id: 't', content: content(value) }));

export const ANTHROPIC_POSITIONS: readonly LeakPosition[] = [
  anthropic('system string', (value) => ({ system: value })),
  anthropic('system block', (value) => ({ system: [{ type: 'text', text: value }] })),
  anthropic('system block behind the attribution', (value) => ({
    system: [
      { type: 'text', text: 'x-anthropic-billing-header: cc_version=2.1.0; cc_entrypoint=cli;' },
      { type: 'text', text: value, cache_control: { type: 'ephemeral' } },
    ],
  })),
  anthropic('text in the guise of the attribution', (value) => ({
    system: [{ type: 'text', text: `x-anthropic-billing-header: ${value}` }],
  })),
  anthropic('metadata', (value) => ({ metadata: { user_id: value } })),
  anthropic('stop sequence', (value) => ({ stop_sequences: [value] })),
  anthropic('tool description', (value) => ({ tools: [{ name: 't', description: value, input_schema: {} }] })),
  anthropic('tool schema', (value) => ({ tools: [{ name: 't', input_schema: SCHEMA(value) }] })),
  anthropic('tool examples', (value) => ({
    tools: [{ name: 't', input_schema: {}, input_examples: [{ a: value, [value]: 1 }] }],
  })),
  anthropic('output schema', (value) => ({
    output_config: { format: { type: 'json_schema', schema: SCHEMA(value) } },
  })),
  anthropic('compaction instructions', (value) => ({
    context_management: { edits: [{ type: 'compact_20260112', instructions: value }] },
  })),
  anthropic('unknown field', (value) => ({ a_new_field: { deep: [value] } })),
  anthropic('unknown message field', (value) => ({ messages: [{ ...USER, note: value }] })),
  block('message string', (value) => value),
  block('assistant string', (value) => value, 'assistant'),
  block('system message', (value) => value, 'system'),
  block('text block', (value) => ({ type: 'text', text: value })),
  block('citation', (value) => ({
    type: 'text',
    text: 'x',
    citations: [{ type: 'char_location', cited_text: value, document_title: value }],
  })),
  block(
    'tool_use input',
    (value) => ({ type: 'tool_use', id: 't', name: 'n', input: { a: [{ b: value }] } }),
    'assistant',
  ),
  block(
    'tool_use name of a member',
    (value) => ({ type: 'tool_use', id: 't', name: 'n', input: { [value]: 1 } }),
    'assistant',
  ),
  block(
    'server_tool_use input',
    (value) => ({ type: 'server_tool_use', id: 't', name: 'n', input: { q: value } }),
    'assistant',
  ),
  block(
    'mcp_tool_use input',
    (value) => ({ type: 'mcp_tool_use', id: 't', name: 'n', input: { q: value } }),
    'assistant',
  ),
  result('string', (value) => value),
  result('JSON text', (value) => json({ Reservations: [{ [value]: value, nested: json({ x: value }) }] })),
  result('log with escaped line ends', (value) => `{"log":"started\\n${value}\\nended"}`),
  result('text block', (value) => [{ type: 'text', text: value }]),
  result('search result', (value) => [
    { type: 'search_result', source: value, title: value, content: [{ type: 'text', text: value }] },
  ]),
  result('document', (value) => [
    { type: 'document', title: value, context: value, source: { type: 'text', media_type: 'text/plain', data: value } },
  ]),
  result('thinking block, which belongs elsewhere', (value) => [{ type: 'thinking', thinking: value }]),
  block('document text', (value) => ({
    type: 'document',
    source: { type: 'text', media_type: 'text/plain', data: value },
  })),
  block('document content', (value) => ({
    type: 'document',
    source: { type: 'content', content: [{ type: 'text', text: value }] },
  })),
  block('document title and context', (value) => ({
    type: 'document',
    title: value,
    context: value,
    source: { type: 'file', file_id: 'f' },
  })),
  block('search_result', (value) => ({ type: 'search_result', source: value, title: value, content: [] })),
  block('web_search_tool_result', (value) => ({
    type: 'web_search_tool_result',
    tool_use_id: 't',
    content: [{ type: 'web_search_result', title: value, url: value, encrypted_content: 'e' }],
  })),
  block('web_fetch_tool_result', (value) => ({
    type: 'web_fetch_tool_result',
    tool_use_id: 't',
    content: {
      type: 'web_fetch_result',
      url: value,
      content: { type: 'document', source: { type: 'text', media_type: 'text/plain', data: value } },
    },
  })),
  block('bash_code_execution_tool_result', (value) => ({
    type: 'bash_code_execution_tool_result',
    tool_use_id: 't',
    content: { type: 'bash_code_execution_result', stdout: value, stderr: value, return_code: 0 },
  })),
  block('mcp_tool_result', (value) => ({
    type: 'mcp_tool_result',
    tool_use_id: 't',
    content: [{ type: 'text', text: value }],
  })),
  block('code_execution_tool_result', (value) => ({
    type: 'code_execution_tool_result',
    tool_use_id: 't',
    content: { type: 'code_execution_result', stdout: value, stderr: value, return_code: 0, content: [] },
  })),
  block('text_editor_code_execution_tool_result', (value) => ({
    type: 'text_editor_code_execution_tool_result',
    tool_use_id: 't',
    content: { type: 'text_editor_code_execution_view_result', file_type: 'text', content: value },
  })),
  block('container_upload with an unknown field', (value) => ({ type: 'container_upload', file_id: 'f', note: value })),
  anthropic('unknown field of a tool', (value) => ({ tools: [{ name: 't', input_schema: {}, note: { a: value } }] })),
  block('unknown block', (value) => ({ type: 'from_the_future', body: { text: [value] } })),
];
