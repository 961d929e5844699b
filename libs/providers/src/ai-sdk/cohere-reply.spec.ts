import { jsonOf } from '../provider-call.fixture';
import { ScriptedCohere, TEXT } from './cohere.fixture';

let cohere: ScriptedCohere;

beforeEach(() => {
  cohere = new ScriptedCohere();
});

describe('a whole reply of Cohere', () => {
  it('becomes a chat completion', async () => {
    const reply = await cohere.ask({});
    expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(await jsonOf(reply)).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-/) as string,
      object: 'chat.completion',
      model: 'command-a-03-2025',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello', refusal: null } }],
      usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
    });
  });

  it('tells thoughts and calls from text', async () => {
    const call = { id: 'a', type: 'function', function: { name: 'weather', arguments: 'null' } };
    const message = { role: 'assistant', content: [{ type: 'thinking', thinking: 'Hm' }], tool_calls: [call] };
    cohere.http.script(() => ({ json: { ...TEXT, finish_reason: 'TOOL_CALL', message } }));
    expect(await jsonOf(await cohere.ask({}))).toMatchObject({
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            content: null,
            reasoning_content: 'Hm',
            tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{}' } }],
          },
        },
      ],
    });
  });

  it.each([
    ['MAX_TOKENS', 'length'],
    ['STOP_SEQUENCE', 'stop'],
    ['SOMETHING_NEW', 'stop'],
  ])('understands %s', async (finish_reason, expected) => {
    cohere.http.script(() => ({ json: { ...TEXT, finish_reason } }));
    expect(await jsonOf(await cohere.ask({}))).toMatchObject({ choices: [{ finish_reason: expected }] });
  });

  it('fails when the model did', async () => {
    cohere.http.script(() => ({ json: { ...TEXT, finish_reason: 'ERROR' } }));
    await expect(cohere.ask({})).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
  });
});
