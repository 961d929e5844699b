import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  anthropicBlockStream,
  openAiDeltaStream,
  responsesItemStream,
  ScriptedUpstream,
  type ScriptedReply,
} from '@sallyport/testing';
import { KEY, startTestGateway, type TestGateway } from './gateway-harness';

const PRICES = {
  input_cost_per_token: 2e-6,
  output_cost_per_token: 10e-6,
  cache_read_input_token_cost: 0.5e-6,
  cache_creation_input_token_cost: 4e-6,
  output_cost_per_reasoning_token: 20e-6,
};
const ANTHROPIC_INPUT = { input_tokens: 100, cache_read_input_tokens: 1000, cache_creation_input_tokens: 200 };
const CHAT_USAGE = {
  prompt_tokens: 1300,
  completion_tokens: 80,
  total_tokens: 1380,
  prompt_tokens_details: { cached_tokens: 1000 },
  completion_tokens_details: { reasoning_tokens: 30 },
};
const RESPONSES_USAGE = {
  input_tokens: 1300,
  input_tokens_details: { cached_tokens: 1000 },
  output_tokens: 80,
  output_tokens_details: { reasoning_tokens: 30 },
  total_tokens: 1380,
};
const EMBEDDED = { object: 'embedding', index: 0, embedding: [0.5] };

const text = { start: { type: 'text', text: '' }, deltas: [{ type: 'text_delta', text: 'Hi' }] };
const anthropic = { chunks: anthropicBlockStream([text], 'end_turn', ANTHROPIC_INPUT, 50) };
const chat = { chunks: openAiDeltaStream([{ content: 'Hi' }], 'stop', CHAT_USAGE) };
const responses = { chunks: responsesItemStream([{ type: 'text', parts: ['Hi'] }], undefined, RESPONSES_USAGE) };
const embeddings = { body: { object: 'list', data: [EMBEDDED], usage: { prompt_tokens: 500, total_tokens: 500 } } };

const CACHE_COSTS = { input_cost: 0.0002, cache_read_cost: 0.0005, cache_creation_cost: 0.0008, output_cost: 0.0005 };
const REASONING_COSTS = { input_cost: 0.0006, cache_read_cost: 0.0005, output_cost: 0.0011, reasoning_cost: 0.0006 };
const NO_CACHE_COSTS = { input_cost: 0.001, cache_read_cost: 0, output_cost: 0 };

/** A client's call, what the upstream of its model answers, and the tokens and dollars that its record tells. */
const CALLS: [path: string, model: string, reply: ScriptedReply, tokens: number[], costs: object, total: number][] = [
  ['messages', 'claude', anthropic, [1300, 50, 1350], CACHE_COSTS, 0.002],
  ['chat/completions', 'claude', anthropic, [1300, 50, 1350], CACHE_COSTS, 0.002],
  ['responses', 'claude', anthropic, [1300, 50, 1350], CACHE_COSTS, 0.002],
  ['chat/completions', 'gpt', chat, [1300, 80, 1380], REASONING_COSTS, 0.0022],
  ['messages', 'gpt', chat, [1300, 80, 1380], REASONING_COSTS, 0.0022],
  ['responses', 'gpt', chat, [1300, 80, 1380], REASONING_COSTS, 0.0022],
  ['responses', 'native', responses, [1300, 80, 1380], REASONING_COSTS, 0.0022],
  ['embeddings', 'gpt', embeddings, [500, 0, 500], NO_CACHE_COSTS, 0.001],
];

describe('the record of a call that is paid for', () => {
  let dir: string;
  let upstream: ScriptedUpstream;
  let gateway: TestGateway;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-usage-'));
    upstream = await ScriptedUpstream.start();
    const file = join(dir, 'config.yaml');
    const entry = (name: string, model: string, base: string): object => ({
      model_name: name,
      litellm_params: { model, api_base: base, api_key: 'k', ...PRICES },
      ...(name === 'native' && { model_info: { mode: 'responses' } }),
    });
    const models = [
      entry('claude', 'anthropic/claude', upstream.url),
      entry('gpt', 'openai/gpt', `${upstream.url}/v1`),
      entry('native', 'openai/gpt', `${upstream.url}/v1`),
    ];
    await writeFile(file, JSON.stringify({ model_list: models }));
    gateway = await startTestGateway({}, ['--config', file]);
  });
  afterAll(async () => {
    await gateway.close();
    await upstream.close();
    await rm(dir, { recursive: true });
  });
  beforeEach(() => gateway.records.splice(0));

  it.each(CALLS)(
    'tells each token once, and its price: %s of %s',
    async (path, model, scripted, tokens, costs, total) => {
      upstream.script(() => scripted);
      const fields =
        path === 'chat/completions' || path === 'messages'
          ? { messages: [{ role: 'user', content: 'Hi' }] }
          : { input: 'Hi' };
      const reply = await fetch(`${gateway.url}/v1/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
        body: JSON.stringify({ model, ...fields, max_tokens: 9, ...(path !== 'embeddings' && { stream: true }) }),
      });
      await reply.text();
      const [prompt_tokens, completion_tokens, total_tokens] = tokens;
      expect(gateway.records).toMatchObject([
        {
          status: 'success',
          prompt_tokens,
          completion_tokens,
          total_tokens,
          response_cost: total,
          cost_breakdown: { ...costs, total_cost: total },
          sallyport: { usage_source: 'upstream', cost_source: 'config' },
        },
      ]);
    },
  );
});
