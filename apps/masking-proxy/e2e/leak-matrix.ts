/** One position of a request body: a body that carries a value there, and nowhere else. */
export interface LeakPosition {
  readonly name: string;
  readonly body: (value: string) => object;
}

const json = (value: unknown): string => JSON.stringify(value);

const HEAD = { model: 'm', max_tokens: 16 };
const USER = { role: 'user', content: 'hello' };
const SCHEMA = (value: string): object => ({
  type: 'object',
  description: value,
  properties: {
    a: { type: 'string', description: value, default: value, examples: [value] },
    b: { enum: [value, 'x'], items: { const: value }, anyOf: [{ description: value }] },
  },
  $defs: { type: { description: value } },
});

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
  block('unknown block', (value) => ({ type: 'from_the_future', body: { text: [value] } })),
];

const openai = (name: string, fields: (value: string) => object): LeakPosition => ({
  name,
  body: (value) => ({ model: 'm', messages: [USER], ...fields(value) }),
});
const message = (name: string, fields: (value: string) => object): LeakPosition =>
  openai(name, (value) => ({ messages: [USER, { role: 'assistant', content: null, ...fields(value) }] }));
const call = (name: string, args: (value: string) => unknown): LeakPosition =>
  message(`tool_calls ${name}`, (value) => ({
    tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: args(value) } }],
  }));

export const OPENAI_POSITIONS: readonly LeakPosition[] = [
  ...['system', 'developer', 'user', 'assistant'].map((role) =>
    message(`${role} content`, (value) => ({ role, content: value })),
  ),
  message('text part', (value) => ({ role: 'user', content: [{ type: 'text', text: value }] })),
  message('refusal part', (value) => ({ content: [{ type: 'refusal', refusal: value }] })),
  message('file name', (value) => ({ role: 'user', content: [{ type: 'file', file: { filename: value } }] })),
  message('unknown part', (value) => ({ role: 'user', content: [{ type: 'new', new: { text: value } }] })),
  message('name', (value) => ({ role: 'user', content: 'x', name: value })),
  message('refusal', (value) => ({ refusal: value })),
  message('reasoning_content', (value) => ({ reasoning_content: value })),
  message('unknown message field', (value) => ({ note: { text: [value] } })),
  message('tool content', (value) => ({ role: 'tool', tool_call_id: 'c', content: value })),
  message('tool content parts', (value) => ({
    role: 'tool',
    tool_call_id: 'c',
    content: [{ type: 'text', text: value }],
  })),
  message('function content', (value) => ({ role: 'function', name: 'f', content: value })),
  call('arguments', (value) => json({ a: value, b: [{ c: value }] })),
  call('arguments, name of a member', (value) => json({ [value]: 1 })),
  call('arguments, JSON inside JSON', (value) => json({ a: json({ b: json({ c: value }) }) })),
  call('arguments cut off', (value) => `{"a":"${value}`),
  call('arguments as an object', (value) => ({ a: value })),
  message('custom tool input', (value) => ({
    tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'g', input: `run ${value}` } }],
  })),
  message('function_call', (value) => ({ function_call: { name: 'f', arguments: json({ a: value }) } })),
  openai('tool description', (value) => ({
    tools: [{ type: 'function', function: { name: 'f', description: value } }],
  })),
  openai('tool schema', (value) => ({
    tools: [{ type: 'function', function: { name: 'f', parameters: SCHEMA(value) } }],
  })),
  openai('custom tool', (value) => ({
    tools: [
      {
        type: 'custom',
        custom: { name: 'g', description: value, format: { type: 'grammar', grammar: { definition: value } } },
      },
    ],
  })),
  openai('functions', (value) => ({ functions: [{ name: 'f', description: value, parameters: SCHEMA(value) }] })),
  openai('response_format', (value) => ({
    response_format: { type: 'json_schema', json_schema: { name: 'n', description: value, schema: SCHEMA(value) } },
  })),
  openai('prediction', (value) => ({ prediction: { type: 'content', content: [{ type: 'text', text: value }] } })),
  openai('stop', (value) => ({ stop: ['x', value] })),
  openai('user', (value) => ({ user: value })),
  openai('safety_identifier', (value) => ({ safety_identifier: value })),
  openai('metadata', (value) => ({ metadata: { a: value } })),
  openai('web search', (value) => ({ web_search_options: { user_location: { approximate: { city: value } } } })),
  openai('unknown field', (value) => ({ a_new_field: [{ deep: value }] })),
];
