import type { Dialect } from '@sallyport/dialects';

/** What a client of one dialect sends, and what an upstream of it answers, as text. */
interface WireFixture {
  readonly request: string;
  readonly reply: string;
  /** Data of the events of a stream, without its end. */
  readonly events: readonly string[];
}

/** Events of each stream. */
export const EVENTS = 100;

const PROMPT = 'Tell me what the weather is like in the capital, please. '.repeat(18);
const ANSWER = 'It is sunny in the capital today. '.repeat(8);
const SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string', description: 'Name of the city' }, days: { type: 'integer', minimum: 1 } },
  required: ['city'],
  additionalProperties: false,
};
const TOOLS = ['weather', 'forecast', 'alerts'].map((name) => ({
  name,
  description: `Looks up the ${name} of a city`,
}));

const CHAT = {
  model: 'bench',
  max_tokens: 1024,
  temperature: 0.5,
  messages: [
    { role: 'system', content: 'Answer briefly.' },
    { role: 'user', content: PROMPT },
  ],
  tools: TOOLS.map((tool) => ({ type: 'function', function: { ...tool, parameters: SCHEMA } })),
  tool_choice: 'auto',
};
const CHAT_REPLY = {
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1700000000,
  model: 'bench',
  choices: [{ index: 0, message: { role: 'assistant', content: ANSWER, refusal: null }, finish_reason: 'stop' }],
  usage: {
    prompt_tokens: 300,
    completion_tokens: 60,
    total_tokens: 360,
    prompt_tokens_details: { cached_tokens: 128 },
  },
};
const MESSAGES = {
  model: 'bench',
  max_tokens: 1024,
  temperature: 0.5,
  system: 'Answer briefly.',
  messages: [{ role: 'user', content: PROMPT }],
  tools: TOOLS.map((tool) => ({ ...tool, input_schema: SCHEMA })),
  tool_choice: { type: 'auto' },
};
const MESSAGES_REPLY = {
  id: 'msg_bench',
  type: 'message',
  role: 'assistant',
  model: 'bench',
  content: [{ type: 'text', text: ANSWER }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 172, cache_read_input_tokens: 128, cache_creation_input_tokens: 0, output_tokens: 60 },
};
const CHAT_EVENT = JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion.chunk',
  created: 1700000000,
  model: 'bench',
  system_fingerprint: null,
  choices: [{ index: 0, delta: { content: ' token' }, logprobs: null, finish_reason: null }],
});
const MESSAGES_EVENT = JSON.stringify({
  type: 'content_block_delta',
  index: 0,
  delta: { type: 'text_delta', text: ' token' },
});
const MESSAGES_BEGIN = [
  JSON.stringify({ type: 'message_start', message: { ...MESSAGES_REPLY, content: [] } }),
  JSON.stringify({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
];

const RESPONSES = {
  model: 'bench',
  max_output_tokens: 1024,
  temperature: 0.5,
  instructions: 'Answer briefly.',
  input: PROMPT,
  tools: TOOLS.map((tool) => ({ type: 'function', ...tool, parameters: SCHEMA, strict: false })),
  tool_choice: 'auto',
};
const OUTPUT = {
  id: 'msg_bench',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: ANSWER, annotations: [], logprobs: [] }],
};
const RESPONSES_REPLY = {
  id: 'resp_bench',
  object: 'response',
  created_at: 1700000000,
  status: 'completed',
  error: null,
  incomplete_details: null,
  model: 'bench',
  output: [OUTPUT],
  usage: {
    input_tokens: 300,
    input_tokens_details: { cached_tokens: 128 },
    output_tokens: 60,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 360,
  },
};
const RESPONSES_BEGIN = [
  { type: 'response.created', sequence_number: 0, response: { ...RESPONSES_REPLY, status: 'in_progress', output: [] } },
  { type: 'response.output_item.added', sequence_number: 1, output_index: 0, item: { ...OUTPUT, content: [] } },
].map((event) => JSON.stringify(event));
const RESPONSES_EVENT = JSON.stringify({
  type: 'response.output_text.delta',
  sequence_number: 7,
  item_id: 'msg_bench',
  output_index: 0,
  content_index: 0,
  delta: ' token',
  logprobs: [],
});

const repeated = (begin: readonly string[], event: string): string[] => [
  ...begin,
  ...Array.from({ length: EVENTS - begin.length }, () => event),
];

export const WIRE_FIXTURES: Readonly<Record<Dialect, WireFixture>> = {
  'openai-chat': {
    request: JSON.stringify(CHAT),
    reply: JSON.stringify(CHAT_REPLY),
    events: repeated([], CHAT_EVENT),
  },
  'openai-responses': {
    request: JSON.stringify(RESPONSES),
    reply: JSON.stringify(RESPONSES_REPLY),
    events: repeated(RESPONSES_BEGIN, RESPONSES_EVENT),
  },
  'anthropic-messages': {
    request: JSON.stringify(MESSAGES),
    reply: JSON.stringify(MESSAGES_REPLY),
    events: repeated(MESSAGES_BEGIN, MESSAGES_EVENT),
  },
};
