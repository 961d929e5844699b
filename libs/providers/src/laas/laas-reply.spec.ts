import { jsonOf } from '../provider-call.fixture';
import { CLASSIC, ENNOIA, ScriptedLaas } from './laas.fixture';

let laas: ScriptedLaas;

beforeEach(() => {
  laas = new ScriptedLaas();
});

describe('a whole reply of LaaS', () => {
  it('passes a classic reply under the requested name', async () => {
    const reply = await laas.ask({ model: 'claude-4-sonnet' });
    expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(await jsonOf(reply)).toMatchObject({
      ...CLASSIC,
      model: 'claude-4-sonnet',
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    });
  });

  it('brings a reply of ennoia into form', async () => {
    laas.http.script(() => ({ json: ENNOIA }));
    const body = await jsonOf(await laas.ask({}));
    expect(body).toMatchObject({
      id: 'run_1',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: 'claude-4-sonnet',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
      session_id: 's-1',
      connector_results: [{ a: 1 }],
    });
    expect(body).not.toHaveProperty('usage');
    expect(body).not.toHaveProperty('choices.0.message.tool_calls');
  });

  it.each([
    ['length', 'length'],
    ['content_filter', 'content_filter'],
    ['tool_calls', 'stop'],
    ['eos', 'stop'],
    [null, 'stop'],
  ])('understands the finish reason %s', async (finish_reason, expected) => {
    laas.http.script(() => ({ json: { ...CLASSIC, choices: [{ ...CLASSIC.choices[0], finish_reason }] } }));
    expect(await jsonOf(await laas.ask({}))).toMatchObject({ choices: [{ finish_reason: expected }] });
  });
});
