import { jsonOf } from '../provider-call.fixture';
import { geminiReply, ScriptedVertex } from './vertex.fixture';

let vertex: ScriptedVertex;

beforeEach(() => {
  vertex = new ScriptedVertex();
});

describe('a reply of Vertex', () => {
  it('becomes a chat completion', async () => {
    const parts = [
      { text: 'Hm', thought: true },
      { text: 'So' },
      { functionCall: { name: 'weather', args: { a: 1 } } },
    ];
    vertex.answer(() => ({ json: geminiReply(parts, 'STOP') }));
    expect(await jsonOf(await vertex.ask({}))).toMatchObject({
      model: 'gemini',
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            content: 'So',
            reasoning_content: 'Hm',
            tool_calls: [{ type: 'function', function: { name: 'weather', arguments: '{"a":1}' } }],
          },
        },
      ],
      usage: {
        prompt_tokens: 10,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 2 },
      },
    });
  });

  it.each([
    ['SAFETY', 'content_filter'],
    ['MAX_TOKENS', 'length'],
  ])('that ended with %s', async (reason, expected) => {
    vertex.answer(() => ({ json: geminiReply([{ text: 'x' }], reason) }));
    expect(await jsonOf(await vertex.ask({}))).toMatchObject({ choices: [{ finish_reason: expected }] });
  });

  it.each([
    ['has no end', geminiReply([{ text: 'x' }])],
    ['has no candidate', {}],
    ['failed', geminiReply([], 'MALFORMED_FUNCTION_CALL')],
  ])('that %s is none', async (_, body) => {
    vertex.answer(() => ({ json: body }));
    await expect(vertex.ask({})).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
  });

  it.each([
    [403, 'permission_error'],
    [429, 'rate_limit_error'],
  ])('with the status %i is passed on', async (status, type) => {
    vertex.answer(() => ({ status, json: { error: { code: status, message: 'no way', status: 'X' } } }));
    for (const stream of [false, true]) {
      const refused = await vertex.ask({ stream });
      expect(refused.status).toBe(status);
      expect(await jsonOf(refused)).toMatchObject({ error: { message: 'no way', type } });
    }
  });
});
