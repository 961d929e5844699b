import { Secret } from '@sallyport/config';
import { image, ScriptedLaas, VARIABLES } from './laas.fixture';

let laas: ScriptedLaas;

beforeEach(() => {
  laas = new ScriptedLaas();
});

describe('a request to LaaS', () => {
  it('sends the preset, the messages as parts, and its own headers', async () => {
    await laas.ask({}, { settings: { extraHeaders: { 'x-ennoia-user-id': new Secret('u') } } });
    expect(laas.http.requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://api-laas.wanted.co.kr/api/preset/v2/chat/completions',
      headers: {
        project: 'PRJ',
        apikey: 'laas-key',
        'content-type': 'application/json; charset=utf-8',
        'x-ennoia-user-id': 'u',
        traceparent: '00-1-2-01',
      },
      firstByteTimeoutMs: 111,
      idleTimeoutMs: 222,
    });
    expect(laas.sent()).toEqual({
      hash: 'preset',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    });
  });

  it('puts options at the top level and template variables alone into params', async () => {
    await laas.ask({
      hash: 'mine',
      params: { topic: 'ships' },
      temperature: 0,
      top_p: 0.5,
      max_tokens: 7,
      max_completion_tokens: 9,
      frequency_penalty: -1,
      presence_penalty: 1,
      service_type: 'NCP',
      response_format: { type: 'json_object' },
      user: null,
      n: 1,
      tools: [],
    });
    expect(laas.sent()).toEqual({
      hash: 'mine',
      params: { topic: 'ships' },
      temperature: 0,
      top_p: 0.5,
      max_tokens: 9,
      frequency_penalty: -1,
      presence_penalty: 1,
      service_type: 'NCP',
      response_format: { type: 'json_object' },
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    });
  });

  it('tells what it leaves out', async () => {
    const reply = await laas.ask({ seed: 1, user: 'u', logit_bias: { a: 1 }, 'größe\n\ud800': 1 });
    expect(reply.headers['x-sallyport-dropped-params']).toBe('seed,user,logit_bias,gr?e?');
  });

  it('leaves out what the deployment never sends', async () => {
    await laas.ask({ temperature: 1 }, { settings: { dropFields: ['temperature'] } });
    expect(laas.sent()).not.toHaveProperty('temperature');
  });

  it('needs a preset from somewhere', async () => {
    const { LAAS_PRESET_HASH: _, ...variables } = VARIABLES;
    expect(await laas.refusal(laas.ask({}, { variables }))).toMatchObject({ code: 'invalid_request', param: 'hash' });
  });

  it.each([
    ['a tool role', { messages: [{ role: 'tool', tool_call_id: 'c', content: 'x' }] }, 'messages.0.role'],
    ['calls', { messages: [{ role: 'assistant', content: null, tool_calls: [{}] }] }, 'messages.0.tool_calls'],
    ['an old call', { messages: [{ role: 'assistant', content: '', function_call: {} }] }, 'messages.0.function_call'],
    ['tools', { tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools'],
    ['a forced tool', { tool_choice: 'required' }, 'tool_choice'],
  ])('refuses %s in LaaS’s words', async (_, body, param) => {
    const message = 'LaaS API does not support tool calls';
    expect(await laas.refusal(laas.ask(body))).toMatchObject({ code: 'dialect_unsupported', message, param });
  });

  it.each(['developer', 'function', 'x'])('refuses the role %s in LaaS’s words', async (role) => {
    expect(await laas.refusal(laas.ask({ messages: [{ role, content: 'x' }] }))).toMatchObject({
      code: 'dialect_unsupported',
      message: `Invalid role '${role}'. Only 'user', 'assistant', 'system' allowed`,
      param: 'messages.0.role',
    });
  });

  it.each([
    ['response_format', { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: {} } } }],
    ['stop', { stop: ['END'] }],
    ['n', { n: 2 }],
  ])('refuses %s, which would change the answer', async (param, body) => {
    expect(await laas.refusal(laas.ask(body))).toMatchObject({ code: 'dialect_unsupported', param });
  });

  it('leaves out what it would refuse when it is set to', async () => {
    const tools = [{ type: 'function', function: { name: 'f' } }];
    const reply = await laas.ask(
      { tools, stop: 'x', response_format: { type: 'json_schema' } },
      { settings: { dropParams: true } },
    );
    expect(reply.headers['x-sallyport-dropped-params']).toBe('tools,stop,response_format');
    expect(Object.keys(laas.sent())).toEqual(['hash', 'messages']);
  });

  it.each([
    [{ messages: 'x' }, 'messages'],
    [{ messages: [null] }, 'messages.0'],
    [{ messages: [{ role: 3, content: '' }] }, 'messages.0.role'],
    [{ messages: [{ role: 'user' }] }, 'messages.0.content'],
    [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'messages.0.content.0.text'],
    [{ messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }, 'messages.0.content.0.image_url'],
    [{ messages: [{ role: 'user', content: [image('ftp://x')] }] }, 'messages.0.content.0.image_url.url'],
    [{ messages: [{ role: 'user', content: [{ type: 'file', file: {} }] }] }, 'messages.0.content.0.file.file_data'],
    [{ temperature: 'hot' }, 'temperature'],
    [{ response_format: 'json' }, 'response_format'],
    [{ params: { a: 1 } }, 'params.a'],
    [{ hash: 1 }, 'hash'],
  ])('refuses the malformed %j', async (body, param) => {
    expect(await laas.refusal(laas.ask(body))).toMatchObject({ code: 'invalid_request', param });
  });
});
