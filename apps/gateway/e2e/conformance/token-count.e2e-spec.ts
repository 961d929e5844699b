import Anthropic from '@anthropic-ai/sdk';
import { Stage } from './stage';
import { CHAT_UPSTREAM } from './upstreams/chat.upstream';
import { MESSAGES_UPSTREAM } from './upstreams/messages.upstream';
import { RESPONSES_UPSTREAM } from './upstreams/responses.upstream';

const COUNTED_BY = 'x-sallyport-token-count';
const QUESTION = {
  system: 'Be brief.',
  messages: [{ role: 'user' as const, content: 'What is the weather in Paris?' }],
  tools: [{ name: 'get_weather', description: 'Weather', input_schema: { type: 'object' as const, properties: {} } }],
};

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());
beforeEach(() => stage.clear());

const count = (model: string) => {
  const { url, key, fetch } = stage.access;
  const anthropic = new Anthropic({ baseURL: url, apiKey: key, fetch, maxRetries: 0 });
  return anthropic.messages.countTokens({ model, ...QUESTION }).withResponse();
};

it('has an upstream of Anthropic’s API count', async () => {
  stage.upstream.script(({ path }) => ({
    status: path === '/v1/messages/count_tokens' ? 200 : 404,
    body: { input_tokens: 321 },
  }));
  const { data, response } = await count(MESSAGES_UPSTREAM.model);
  expect([data, response.headers.get(COUNTED_BY)]).toEqual([{ input_tokens: 321 }, 'upstream']);
  const [request] = stage.upstream.requests;
  expect(JSON.parse(request?.body.toString() ?? '')).toEqual({ model: 'claude-sonnet-4-5', ...QUESTION });
});

it.each([CHAT_UPSTREAM, RESPONSES_UPSTREAM])(
  'is told an estimate for an upstream of $dialect, which is not asked',
  async ({ model }) => {
    const { data, response } = await count(model);
    expect(response.headers.get(COUNTED_BY)).toBe('estimate');
    expect(data.input_tokens).toBeGreaterThan(20);
    expect(data.input_tokens).toBeLessThan(100);
    expect(stage.upstream.requests).toEqual([]);
  },
);
