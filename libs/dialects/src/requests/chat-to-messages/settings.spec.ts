import type { JsonObject } from '../../json/json-value';
import { refusal } from '../refusal.fixture';
import { BUDGET_MODEL, plain, translate } from './settings.fixture';

describe('plain settings', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['nothing but a message', {}, {}],
    ['max_completion_tokens wins', { max_completion_tokens: 5, max_tokens: 7 }, { max_tokens: 5 }],
    ['max_tokens', { max_tokens: 7, max_completion_tokens: null }, { max_tokens: 7 }],
    ['a temperature of 0 stays', { temperature: 0 }, { temperature: 0 }],
    ['a temperature above 1 is 1', { temperature: 1.7 }, { temperature: 1 }],
    ['top_p and top_k', { top_p: 0.5, top_k: 3 }, { top_p: 0.5, top_k: 3 }],
    ['one stop sequence', { stop: 'END' }, { stop_sequences: ['END'] }],
    ['several, those of white space left out', { stop: ['a', '\n\n', '', 'b'] }, { stop_sequences: ['a', 'b'] }],
    ['none left', { stop: '\n' }, {}],
    ['null', { stop: null }, {}],
    ['user', { user: 'u1', metadata: { a: 'b' } }, { metadata: { user_id: 'u1' } }],
    ['safety_identifier', { safety_identifier: 's1' }, { metadata: { user_id: 's1' } }],
    ['stream', { stream: true, stream_options: { include_usage: true } }, { stream: true }],
    ['cache_control', { cache_control: { type: 'ephemeral' } }, { cache_control: { type: 'ephemeral' } }],
    [
      'nulls',
      {
        temperature: null,
        seed: null,
        tools: null,
        tool_choice: null,
        response_format: null,
        reasoning_effort: null,
        user: null,
      },
      {},
    ],
  ])('%s', (_, request, expected) => {
    expect(translate(request).body).toEqual({ ...plain, ...expected });
  });

  it('a very long user becomes a digest', () => {
    const { body } = translate({ user: 'u'.repeat(257) });
    expect(body['metadata']).toEqual({ user_id: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  });

  it('drops what has no counterpart, and says so', () => {
    const request = {
      frequency_penalty: 0.5,
      presence_penalty: 0.5,
      logit_bias: { '1': 1 },
      seed: 1,
      logprobs: true,
      top_logprobs: 2,
      prediction: { type: 'content', content: 'x' },
      modalities: ['text', 'audio'],
      verbosity: 'low',
      prompt_cache_key: 'k',
      service_tier: 'flex',
      metadata: { a: 'b' },
      unheard_of: 1,
    };
    const { body, dropped } = translate(request);
    expect(body).toEqual(plain);
    expect(dropped).toEqual(Object.keys(request));
  });

  it('says nothing of values that ask for nothing', () => {
    const request = {
      n: 1,
      store: true,
      stream_options: {},
      modalities: ['text'],
      service_tier: 'auto',
      metadata: {},
      logit_bias: {},
      logprobs: false,
      top_logprobs: 0,
      frequency_penalty: 0,
      presence_penalty: 0,
      verbosity: 'medium',
      stop: '',
      tools: [],
      tool_choice: 'auto',
      parallel_tool_calls: true,
    };
    expect(translate(request)).toEqual({ body: plain, dropped: [] });
  });

  it.each([true, false])('refuses n above 1 (drop_params %s)', (dropParams) => {
    expect(refusal(() => translate({ n: 2 }, BUDGET_MODEL, dropParams))).toMatchObject({
      code: 'dialect_unsupported',
      param: 'n',
    });
  });

  it('refuses what would change the answer, or leaves it out with drop_params', () => {
    const request = { web_search_options: {} };
    expect(refusal(() => translate(request))).toMatchObject({ param: 'web_search_options' });
    expect(translate(request, BUDGET_MODEL, true)).toMatchObject({ body: plain, dropped: ['web_search_options'] });
  });

  it('leaves sampling to a model that refuses it, unless drop_params is set', () => {
    const sampling = { temperature: 0.5, top_p: 0.5, top_k: 3 };
    expect(translate(sampling, 'claude-sonnet-5').body).toMatchObject(sampling);
    const { body, dropped } = translate(sampling, 'claude-sonnet-5', true);
    expect(body).toEqual({ ...plain, model: 'claude-sonnet-5' });
    expect(dropped).toEqual(Object.keys(sampling));
  });
});
