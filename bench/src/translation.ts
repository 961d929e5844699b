import { DEFAULT_TRAITS, Translation, type Dialect, type JsonObject } from '@sallyport/dialects';
import { median } from './load';

const ROUNDS = 9;
const EVENTS = 100;

/** One pair of dialects, with what its client sends and its upstream answers, as text. */
interface Pair {
  readonly name: string;
  readonly client: Dialect;
  readonly upstream: Dialect;
  readonly request: string;
  readonly reply: string;
  readonly events: readonly string[];
}

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

const PAIRS: readonly Pair[] = [
  {
    name: 'chat client, Anthropic upstream',
    client: 'openai-chat',
    upstream: 'anthropic-messages',
    request: JSON.stringify(CHAT),
    reply: JSON.stringify(MESSAGES_REPLY),
    events: [...MESSAGES_BEGIN, ...Array.from({ length: EVENTS - 2 }, () => MESSAGES_EVENT)],
  },
  {
    name: 'Anthropic client, chat upstream',
    client: 'anthropic-messages',
    upstream: 'openai-chat',
    request: JSON.stringify(MESSAGES),
    reply: JSON.stringify(CHAT_REPLY),
    events: Array.from({ length: EVENTS }, () => CHAT_EVENT),
  },
];

/**
 * Measures what translation costs in this process, beside reading and writing the same JSON unchanged.
 *
 * @returns rows of a Markdown table: measure, translation, JSON alone, ratio
 */
export function measureTranslation(): string[] {
  return PAIRS.flatMap((pair) => [
    row(`${pair.name}: request and reply`, 4000, 1, wholeOf(pair), jsonOf([pair.request, pair.reply])),
    row(`${pair.name}: stream event`, 300, EVENTS, streamOf(pair), jsonOf(pair.events)),
  ]);
}

/** The bodies are parsed in any case, so what translation adds is the way from one object to another, and its text. */
function wholeOf(pair: Pair): () => number {
  const request = JSON.parse(pair.request) as JsonObject;
  const reply = JSON.parse(pair.reply) as JsonObject;
  return () => {
    const translation = translationOf(pair, request);
    return JSON.stringify(translation.body).length + JSON.stringify(translation.reply(reply).body).length;
  };
}

/** From the bytes of an event to the bytes of its translation, for each event of a stream. */
function streamOf(pair: Pair): () => number {
  const request = JSON.parse(pair.request) as JsonObject;
  const named = pair.upstream === 'anthropic-messages';
  const events = pair.events.map((data) => {
    const { type } = JSON.parse(data) as { type?: string };
    return Buffer.from(`${named ? `event: ${type}\n` : ''}data: ${data}\n\n`);
  });
  return () => {
    const stream = translationOf(pair, request).openStream();
    let length = 0;
    for (const event of events) length += stream.push(event).length;
    return length;
  };
}

function jsonOf(texts: readonly string[]): () => number {
  return () => {
    let length = 0;
    for (const text of texts) length += JSON.stringify(JSON.parse(text)).length;
    return length;
  };
}

function translationOf({ client, upstream }: Pair, request: JsonObject): Translation {
  const context = {
    model: 'bench',
    estimatedInputTokens: 300,
    filteredStopReason: 'refusal',
    now: () => 1700000000,
    newId: () => 'abcdefghijklmnopqrstuvwx',
  } as const;
  return new Translation({ client, upstream, request, upstreamModel: 'bench', traits: DEFAULT_TRAITS, context });
}

/** @param parts into which one run is divided for the figure */
function row(name: string, runs: number, parts: number, ours: () => number, json: () => number): string {
  const figures: [number, number][] = [];
  for (const work of [ours, json]) cpuMicroseconds(work, runs);
  for (let round = 0; round < ROUNDS; round += 1) {
    figures.push([cpuMicroseconds(ours, runs) / parts, cpuMicroseconds(json, runs) / parts]);
  }
  const cells = [
    name,
    `${median(figures.map(([figure]) => figure)).toFixed(2)} µs`,
    `${median(figures.map(([, figure]) => figure)).toFixed(2)} µs`,
    median(figures.map(([a, b]) => a / b)).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** CPU time of one run, the garbage collector's included. */
function cpuMicroseconds(work: () => number, runs: number): number {
  const before = process.cpuUsage();
  let length = 0;
  for (let run = 0; run < runs; run += 1) length += work();
  const { user, system } = process.cpuUsage(before);
  if (length === 0) throw new Error('nothing was translated');
  return (user + system) / runs;
}
