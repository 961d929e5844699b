import { Secret } from '@sallyport/config';
import { ScriptedCohere } from './cohere.fixture';

const WEATHER = {
  type: 'function',
  function: { name: 'weather', description: 'Tells it', parameters: { type: 'object', properties: { city: {} } } },
};

let cohere: ScriptedCohere;

beforeEach(() => {
  cohere = new ScriptedCohere();
});

describe('a request to Cohere', () => {
  it('goes to the address with the key, the limits and the client’s trace', async () => {
    await cohere.ask(
      {},
      { apiBase: 'http://co.local/v2/', apiKey: new Secret('own'), extraHeaders: { 'x-a': new Secret('b') } },
    );
    expect(cohere.http.requests[0]).toMatchObject({
      method: 'POST',
      url: 'http://co.local/v2/chat',
      firstByteTimeoutMs: 111,
      idleTimeoutMs: 222,
      headers: {
        authorization: 'Bearer own',
        traceparent: '00-1-2-01',
        'x-a': 'b',
        'content-type': 'application/json',
      },
    });
    expect(cohere.http.requests[0]?.headers).not.toHaveProperty('openai-beta');
    expect(cohere.http.requests[0]?.headers['user-agent']).toMatch(/^client\/1 /);
  });

  it('carries settings, tools and every kind of message', async () => {
    await cohere.ask({
      max_completion_tokens: 9,
      max_tokens: 7,
      temperature: 0,
      top_p: 0.5,
      top_k: 3,
      seed: 4,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      stop: 'END',
      tools: [WEATHER],
      tool_choice: 'required',
      response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'object' } } },
      messages: [
        {
          role: 'developer',
          content: [
            { type: 'text', text: 'Be' },
            { type: 'text', text: 'kind' },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look' },
            { type: 'image_url', image_url: { url: 'https://example.com/a.PNG' } },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } },
            { id: 'b', type: 'function', function: { name: 'weather', arguments: '' } },
          ],
        },
        { role: 'tool', tool_call_id: 'a', content: 'sun' },
        {
          role: 'tool',
          tool_call_id: 'b',
          content: [
            { type: 'text', text: 'ra' },
            { type: 'text', text: 'in' },
          ],
        },
        { role: 'system', content: 'Later' },
      ],
    });
    expect(cohere.sent()).toEqual({
      model: 'command-a-03-2025',
      max_tokens: 9,
      temperature: 0,
      p: 0.5,
      k: 3,
      seed: 4,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      stop_sequences: ['END'],
      tools: [WEATHER],
      tool_choice: 'REQUIRED',
      response_format: { type: 'json_object', json_schema: { type: 'object' } },
      messages: [
        { role: 'system', content: 'Be\n\nkind' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look' },
            { type: 'image_url', image_url: { url: 'https://example.com/a.PNG' } },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          ],
        },
        {
          role: 'assistant',
          tool_calls: [
            { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } },
            { id: 'b', type: 'function', function: { name: 'weather', arguments: '{}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'a', content: 'sun' },
        { role: 'tool', tool_call_id: 'b', content: 'rain' },
        { role: 'system', content: 'Later' },
      ],
    });
  });

  it.each([
    ['none', { type: 'disabled' }],
    ['high', { type: 'enabled', token_budget: 4096 }],
  ])('asks a reasoning model for the effort %s', async (reasoning_effort, thinking) => {
    await cohere.provider().call(cohere.callOf({ reasoning_effort }, { model: 'command-a-reasoning-08-2025' }));
    expect(cohere.sent()).toMatchObject({ thinking });
    await cohere.ask({ reasoning_effort });
    expect(cohere.sent()).not.toHaveProperty('thinking');
  });

  it('takes the text of a document, and no PDF', async () => {
    const file = (type: string): object => ({
      messages: [
        { role: 'user', content: [{ type: 'file', file: { filename: 'a', file_data: `data:${type};base64,SGk=` } }] },
      ],
    });
    await cohere.ask(file('text/plain'));
    expect(cohere.sent()).toMatchObject({ documents: [{ data: { text: 'Hi', title: 'a' } }] });
    await expect(cohere.ask(file('application/pdf'))).rejects.toMatchObject({
      code: 'dialect_unsupported',
      message: expect.stringContaining('application/pdf') as string,
    });
    expect(cohere.http.requests).toHaveLength(1);
  });

  it('tells what it leaves out', async () => {
    const reply = await cohere.ask({ user: 'u', logit_bias: { a: 1 }, parallel_tool_calls: false });
    expect(reply.headers['x-sallyport-dropped-params']).toBe('user,logit_bias');
  });

  it.each([
    [{ n: 2 }, 'dialect_unsupported', 'n'],
    [{ tools: [WEATHER], parallel_tool_calls: false }, 'dialect_unsupported', 'parallel_tool_calls'],
    [{ tools: [{ type: 'web_search' }] }, 'dialect_unsupported', 'tools.0'],
    [{ tools: [WEATHER], tool_choice: { type: 'allowed_tools' } }, 'dialect_unsupported', 'tool_choice'],
    [{ response_format: { type: 'grammar' } }, 'dialect_unsupported', 'response_format'],
    [{ messages: [{ role: 'critic', content: 'x' }] }, 'dialect_unsupported', 'messages.0.role'],
    [{ messages: [{ role: 'user', content: [{ type: 'video' }] }] }, 'dialect_unsupported', 'messages.0.content.0'],
    [{ messages: [{ role: 'user' }] }, 'invalid_request', 'messages.0.content'],
    [{ messages: [{ role: 'tool', tool_call_id: 'x', content: '' }] }, 'invalid_request', 'messages.0.tool_call_id'],
    [
      { messages: [{ role: 'user', content: [{ type: 'file', file: {} }] }] },
      'invalid_request',
      'messages.0.content.0.file.file_data',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'x' }] }] },
      'invalid_request',
      'messages.0.content.0.image_url.url',
    ],
    [
      { messages: [{ role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{' } }] }] },
      'invalid_request',
      'messages.0.tool_calls.0.function.arguments',
    ],
    [{ stop: [1] }, 'invalid_request', 'stop'],
    [{ temperature: '1' }, 'invalid_request', 'temperature'],
    [{ tools: [WEATHER], tool_choice: 7 }, 'invalid_request', 'tool_choice'],
  ])('refuses %j before any call', async (body, code, param) => {
    await expect(cohere.ask(body)).rejects.toMatchObject({ code, param });
    expect(cohere.http.requests).toHaveLength(0);
  });
});
