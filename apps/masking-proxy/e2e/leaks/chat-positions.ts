import { json, SCHEMA, USER, type LeakPosition } from './leak-position';

const chat = (name: string, fields: (value: string) => object): LeakPosition => ({
  name,
  body: (value) => ({ model: 'm', messages: [USER], ...fields(value) }),
});
const message = (name: string, fields: (value: string) => object): LeakPosition =>
  chat(name, (value) => ({ messages: [USER, { role: 'assistant', content: null, ...fields(value) }] }));
const call = (name: string, args: (value: string) => unknown): LeakPosition =>
  message(`tool_calls ${name}`, (value) => ({
    tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: args(value) } }],
  }));

export const CHAT_POSITIONS: readonly LeakPosition[] = [
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
  chat('tool description', (value) => ({
    tools: [{ type: 'function', function: { name: 'f', description: value } }],
  })),
  chat('tool schema', (value) => ({
    tools: [{ type: 'function', function: { name: 'f', parameters: SCHEMA(value) } }],
  })),
  chat('custom tool', (value) => ({
    tools: [
      {
        type: 'custom',
        custom: { name: 'g', description: value, format: { type: 'grammar', grammar: { definition: value } } },
      },
    ],
  })),
  chat('functions', (value) => ({ functions: [{ name: 'f', description: value, parameters: SCHEMA(value) }] })),
  chat('response_format', (value) => ({
    response_format: { type: 'json_schema', json_schema: { name: 'n', description: value, schema: SCHEMA(value) } },
  })),
  chat('prediction', (value) => ({ prediction: { type: 'content', content: [{ type: 'text', text: value }] } })),
  chat('stop', (value) => ({ stop: ['x', value] })),
  chat('user', (value) => ({ user: value })),
  chat('safety_identifier', (value) => ({ safety_identifier: value })),
  chat('metadata', (value) => ({ metadata: { a: value } })),
  chat('web search', (value) => ({ web_search_options: { user_location: { approximate: { city: value } } } })),
  chat('stop string', (value) => ({ stop: value })),
  chat('prediction string', (value) => ({ prediction: { type: 'content', content: value } })),
  chat('prompt_cache_key', (value) => ({ prompt_cache_key: value })),
  chat('unknown field of a tool', (value) => ({ tools: [{ type: 'function', function: { name: 'f', note: value } }] })),
  message('tool content in JSON', (value) => ({
    role: 'tool',
    tool_call_id: 'c',
    content: json({ Reservations: [{ [value]: value, nested: json({ x: value }) }] }),
  })),
  message('unknown field of a call', (value) => ({
    tool_calls: [{ id: 'c', type: 'function', note: value, function: { name: 'f', arguments: '{}' } }],
  })),
  message('annotation', (value) => ({
    content: 'x',
    annotations: [{ type: 'url_citation', url_citation: { url: 'https://x.example', title: value } }],
  })),
  chat('unknown field', (value) => ({ a_new_field: [{ deep: value }] })),
];
