import { jsonOf } from '../provider-call.fixture';
import { message, ScriptedBedrock, WEATHER } from './bedrock.fixture';

let bedrock: ScriptedBedrock;

beforeEach(() => {
  bedrock = new ScriptedBedrock();
});

describe('a whole reply of Bedrock', () => {
  it('tells thoughts, text and calls apart, with every count', async () => {
    const content = [
      { reasoningContent: { reasoningText: { text: 'Hm', signature: 'SIG' } } },
      { text: 'So' },
      { toolUse: { toolUseId: 'a', name: 'weather', input: { city: 'Ulm' } } },
    ];
    const headers = { 'x-amzn-requestid': 'req-1' };
    bedrock.http.script(() => ({ json: message(content, 'tool_use'), headers }));
    const reply = await bedrock.ask({ tools: [WEATHER] });
    expect(reply.headers['x-amzn-requestid']).toBe('req-1');
    expect(await jsonOf(reply)).toMatchObject({
      model: 'claude',
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            content: 'So',
            reasoning_content: 'Hm',
            thinking_blocks: [{ type: 'thinking', thinking: 'Hm', signature: 'SIG' }],
            tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } }],
          },
        },
      ],
      usage: {
        prompt_tokens: 15,
        completion_tokens: 5,
        total_tokens: 20,
        prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 1 },
      },
    });
  });

  it.each([
    ['max_tokens', 'length'],
    ['guardrail_intervened', 'content_filter'],
    ['model_context_window_exceeded', 'length'],
    ['something_new', 'stop'],
  ])('understands %s', async (stopReason, expected) => {
    bedrock.http.script(() => ({ json: message([{ text: 'x' }], stopReason) }));
    expect(await jsonOf(await bedrock.ask({}))).toMatchObject({ choices: [{ finish_reason: expected }] });
  });
});

it.each([
  [400, 'invalid_request_error'],
  [403, 'permission_error'],
  [429, 'rate_limit_error'],
])('passes the status %i on, streamed or not', async (status, type) => {
  bedrock.http.script(() => ({ status, json: { message: 'no way' }, headers: { 'x-amzn-errortype': 'X' } }));
  for (const stream of [false, true]) {
    const reply = await bedrock.ask({ stream });
    expect(reply).toMatchObject({ status, headers: { 'x-amzn-errortype': 'X' } });
    expect(await jsonOf(reply)).toMatchObject({ error: { message: 'no way', type } });
  }
});
