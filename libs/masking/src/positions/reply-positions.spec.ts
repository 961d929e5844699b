import { parseJsonTree } from '@sallyport/dialects';
import { POSITIONS } from './endpoint-positions';
import type { MaskedEndpoint } from './masked-endpoint';
import { walkPositions } from './walk-positions';

/** Every string of these replies says by its first word whether tokens in it are restored or left. */
const REPLIES: readonly (readonly [endpoint: MaskedEndpoint, reply: object])[] = [
  [
    'anthropic-messages',
    {
      id: 'left id',
      model: 'left model',
      stop_sequence: 'restored stop',
      stop_details: { explanation: 'restored explanation', fallback_credit_token: 'left credit' },
      content: [
        {
          type: 'text',
          text: 'restored text',
          citations: [{ cited_text: 'restored cite', url: 'left url', encrypted_index: 'left index' }],
        },
        { type: 'tool_use', id: 'left id', name: 'restored name', input: { 'restored key': ['restored value'] } },
        { type: 'thinking', thinking: 'left thinking', signature: 'left signature' },
        { type: 'redacted_thinking', data: 'left data' },
        { type: 'compaction', content: 'left summary', encrypted_content: 'left blob' },
        { type: 'server_tool_use', name: 'left name', input: { query: 'left query' } },
        { type: 'mcp_tool_use', input: { query: 'left query' } },
        { type: 'web_search_tool_result', content: [{ title: 'left title' }] },
        { type: 'unheard_of', text: 'left unknown' },
      ],
    },
  ],
  [
    'anthropic-messages',
    { type: 'error', error: { type: 'restored', message: 'restored message' }, request_id: 'left' },
  ],
  [
    'openai-chat',
    {
      id: 'left id',
      metadata: { a: 'restored value' },
      choices: [
        {
          logprobs: { content: [{ token: 'left piece' }] },
          message: {
            content: 'restored text',
            refusal: 'restored refusal',
            reasoning_content: 'restored reasoning',
            reasoning_details: [{ text: 'left details' }],
            audio: { transcript: 'restored transcript', data: 'left data', id: 'left id' },
            annotations: [{ url_citation: { title: 'restored title', url: 'left url' } }],
            function_call: { name: 'restored name', arguments: 'restored arguments' },
            tool_calls: [
              { id: 'left id', function: { name: 'restored name', arguments: 'restored arguments' } },
              { id: 'left id', custom: { name: 'restored name', input: 'restored input' } },
            ],
          },
        },
      ],
    },
  ],
  ['openai-chat', { error: { message: 'restored message', code: 'restored' } }],
  [
    'openai-responses',
    {
      id: 'left id',
      previous_response_id: 'left previous',
      instructions: 'restored instructions',
      metadata: { 'restored key': 'restored value' },
      tools: [{ type: 'restored', description: 'restored description' }],
      output_text: 'restored text',
      output: [
        {
          type: 'message',
          id: 'left id',
          content: [
            {
              type: 'output_text',
              text: 'restored text',
              logprobs: [{ token: 'left' }],
              annotations: [{ title: 'restored title', url: 'left url' }],
            },
            { type: 'refusal', refusal: 'restored refusal' },
          ],
        },
        { type: 'reasoning', id: 'left id', summary: [{ text: 'restored summary' }], encrypted_content: 'left blob' },
        { type: 'function_call', call_id: 'left id', name: 'restored name', arguments: 'restored arguments' },
        { type: 'custom_tool_call', name: 'restored name', input: 'restored input' },
        { type: 'local_shell_call', action: { command: ['restored command'] } },
        { type: 'shell_call', action: { commands: ['restored command'] }, environment: { type: 'local' } },
        { type: 'shell_call', action: { commands: ['restored command'] }, environment: null },
        { type: 'shell_call', action: { commands: ['left command'] }, environment: { type: 'container_reference' } },
        { type: 'apply_patch_call', operation: { path: 'restored path', diff: 'restored diff' } },
        { type: 'computer_call', actions: [{ text: 'restored typing' }] },
        { type: 'tool_search_call', execution: 'client', arguments: { query: 'restored query' } },
        { type: 'tool_search_call', execution: 'server', arguments: { query: 'left query' } },
        { type: 'function_call_output', call_id: 'left id', output: 'restored output' },
        { type: 'web_search_call', action: { query: 'left query' } },
        { type: 'file_search_call', queries: ['left query'] },
        { type: 'code_interpreter_call', code: 'left code' },
        { type: 'mcp_call', arguments: 'left arguments', output: 'left output' },
        { type: 'image_generation_call', result: 'left picture' },
        { type: 'compaction', encrypted_content: 'left blob' },
        { type: 'unheard_of', text: 'left unknown' },
      ],
    },
  ],
  ['openai-responses', { object: 'left list', data: [{ type: 'message', content: [{ text: 'restored text' }] }] }],
  ['openai-completions', { choices: [{ text: 'restored text', logprobs: { tokens: ['left piece'] } }] }],
  ['openai-embeddings', { data: [{ embedding: 'left vector' }], error: { message: 'restored message' } }],
];

/** All strings of a reply, names of members included. */
function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  return Object.entries(value).flatMap(([key, member]) => [key, ...stringsOf(member)]);
}

it.each(REPLIES)('what is restored in a reply of %s is what its table says (%#)', (endpoint, reply) => {
  const text = JSON.stringify(reply);
  const restored: string[] = [];
  walkPositions(text, parseJsonTree(text), POSITIONS[endpoint].reply, ({ node }) => {
    restored.push(...stringsOf(JSON.parse(text.slice(node.start, node.end))));
  });
  expect(restored.filter((value) => value.startsWith('left'))).toEqual([]);
  const wanted = stringsOf(reply).filter((value) => value.startsWith('restored'));
  expect(restored.filter((value) => value.startsWith('restored'))).toEqual(wanted);
});
