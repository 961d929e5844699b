import { json, SCHEMA, type LeakPosition } from './leak-position';

const SAID = { role: 'user', content: 'hello' };

const response = (name: string, fields: (value: string) => object): LeakPosition => ({
  name,
  body: (value) => ({ model: 'm', input: 'hello', ...fields(value) }),
});
const item = (name: string, fields: (value: string) => object): LeakPosition =>
  response(name, (value) => ({ input: [SAID, fields(value)] }));
const tool = (name: string, fields: (value: string) => object): LeakPosition =>
  response(name, (value) => ({ tools: [fields(value)] }));

/** The positions of the Responses API: what a client says, what it keeps of earlier turns, and what it declares. */
export const RESPONSES_POSITIONS: readonly LeakPosition[] = [
  response('input string', (value) => ({ input: value })),
  response('instructions', (value) => ({ instructions: value })),
  ...['user', 'system', 'developer', 'assistant'].map((role) =>
    item(`${role} message`, (value) => ({ role, content: value })),
  ),
  item('message with a type', (value) => ({ type: 'message', role: 'user', content: value })),
  item('input_text', (value) => ({ role: 'user', content: [{ type: 'input_text', text: value }] })),
  item('file name', (value) => ({ role: 'user', content: [{ type: 'input_file', filename: value, file_id: 'f' }] })),
  item('unknown part', (value) => ({ role: 'user', content: [{ type: 'new', new: { text: value } }] })),
  item('output_text', (value) => ({
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: value, annotations: [] }],
  })),
  item('annotation', (value) => ({
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [
      {
        type: 'output_text',
        text: 'x',
        annotations: [{ type: 'url_citation', url: 'https://x.example', title: value, start_index: 0, end_index: 1 }],
      },
    ],
  })),
  item('refusal', (value) => ({
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'refusal', refusal: value }],
  })),
  item('function_call arguments', (value) => ({
    type: 'function_call',
    call_id: 'c',
    name: 'f',
    arguments: json({ a: value, b: [{ c: value }] }),
  })),
  item('function_call arguments, name of a member', (value) => ({
    type: 'function_call',
    call_id: 'c',
    name: 'f',
    arguments: json({ [value]: 1 }),
  })),
  item('function_call arguments, JSON inside JSON', (value) => ({
    type: 'function_call',
    call_id: 'c',
    name: 'f',
    arguments: json({ a: json({ b: json({ c: value }) }) }),
  })),
  item('function_call arguments cut off', (value) => ({
    type: 'function_call',
    call_id: 'c',
    name: 'f',
    arguments: `{"a":"${value}`,
  })),
  item('function_call_output', (value) => ({ type: 'function_call_output', call_id: 'c', output: value })),
  item('function_call_output in JSON', (value) => ({
    type: 'function_call_output',
    call_id: 'c',
    output: json({ Reservations: [{ [value]: value, nested: json({ x: value }) }] }),
  })),
  item('function_call_output parts', (value) => ({
    type: 'function_call_output',
    call_id: 'c',
    output: [{ type: 'input_text', text: value }],
  })),
  item('custom_tool_call', (value) => ({ type: 'custom_tool_call', call_id: 'c', name: 'g', input: `run ${value}` })),
  item('custom_tool_call_output', (value) => ({ type: 'custom_tool_call_output', call_id: 'c', output: value })),
  item('local_shell_call', (value) => ({
    type: 'local_shell_call',
    id: 'l',
    call_id: 'c',
    status: 'completed',
    action: { type: 'exec', command: ['echo', value], env: { A: value } },
  })),
  item('local_shell_call_output', (value) => ({ type: 'local_shell_call_output', id: 'l', output: value })),
  item('shell_call', (value) => ({ type: 'shell_call', call_id: 'c', action: { commands: [`echo ${value}`] } })),
  item('shell_call_output', (value) => ({
    type: 'shell_call_output',
    call_id: 'c',
    output: [{ stdout: value, stderr: value, outcome: { type: 'exit', exit_code: 0 } }],
  })),
  item('apply_patch_call', (value) => ({
    type: 'apply_patch_call',
    call_id: 'c',
    status: 'completed',
    operation: { type: 'update_file', path: 'a.txt', diff: `+${value}` },
  })),
  item('apply_patch_call_output', (value) => ({
    type: 'apply_patch_call_output',
    call_id: 'c',
    status: 'failed',
    output: value,
  })),
  item('mcp_call', (value) => ({
    type: 'mcp_call',
    id: 'm',
    server_label: 's',
    name: 'n',
    arguments: json({ a: value }),
    output: value,
    error: value,
  })),
  item('code_interpreter_call', (value) => ({
    type: 'code_interpreter_call',
    id: 'i',
    container_id: 'c',
    status: 'completed',
    code: `print('${value}')`,
    outputs: [{ type: 'logs', logs: value }],
  })),
  item('file_search_call', (value) => ({
    type: 'file_search_call',
    id: 'f',
    status: 'completed',
    queries: [value],
    results: [{ file_id: 'x', filename: value, text: value, attributes: { a: value } }],
  })),
  item('web_search_call', (value) => ({
    type: 'web_search_call',
    id: 'w',
    status: 'completed',
    action: { type: 'search', query: value, queries: [value] },
  })),
  item('computer_call', (value) => ({
    type: 'computer_call',
    id: 'x',
    call_id: 'c',
    status: 'completed',
    action: { type: 'type', text: value },
  })),
  item('reasoning summary', (value) => ({
    type: 'reasoning',
    id: 'r',
    summary: [{ type: 'summary_text', text: value }],
  })),
  item('reasoning content', (value) => ({
    type: 'reasoning',
    id: 'r',
    summary: [],
    content: [{ type: 'reasoning_text', text: value }],
  })),
  item('unknown item', (value) => ({ type: 'from_the_future', body: { text: [value] } })),
  item('unknown field of an item', (value) => ({ ...SAID, note: value })),
  tool('function description', (value) => ({ type: 'function', name: 'f', description: value, parameters: {} })),
  tool('function schema', (value) => ({ type: 'function', name: 'f', parameters: SCHEMA(value) })),
  tool('custom tool', (value) => ({
    type: 'custom',
    name: 'g',
    description: value,
    format: { type: 'grammar', syntax: 'lark', definition: value },
  })),
  tool('web search location', (value) => ({ type: 'web_search', user_location: { type: 'approximate', city: value } })),
  tool('unknown tool', (value) => ({ type: 'from_the_future', note: value })),
  response('text format', (value) => ({
    text: { format: { type: 'json_schema', name: 'n', description: value, schema: SCHEMA(value) } },
  })),
  response('prompt variables', (value) => ({
    prompt: { id: 'pmpt_1', variables: { a: value, b: { type: 'input_text', text: value } } },
  })),
  response('metadata', (value) => ({ metadata: { a: value } })),
  response('user', (value) => ({ user: value })),
  response('safety_identifier', (value) => ({ safety_identifier: value })),
  response('prompt_cache_key', (value) => ({ prompt_cache_key: value })),
  response('unknown field', (value) => ({ a_new_field: [{ deep: value }] })),
];
