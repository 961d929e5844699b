import type { CallOutcome } from '../call-outcome';
import { buildRecord } from './build-record';
import { FULL, outcomeWith, REPLY, STREAMED, usageOf } from './call-outcome.fixture';

describe(buildRecord.name, () => {
  it('records a stream with the upstream’s own bill', async () => {
    expect(await buildRecord(STREAMED, FULL)).toMatchObject({
      id: 'gen-1',
      litellm_call_id: 'call-1',
      call_type: 'acompletion',
      response_cost: 0.00001086,
      cost_breakdown: { input_cost: null, output_cost: null, original_cost: 0.00001086, total_cost: 0.00001086 },
      response_cost_failure_debug_info: null,
      custom_llm_provider: 'openrouter',
      total_tokens: 30,
      startTime: 1_763_526_219.12,
      completionStartTime: 1_763_526_219.62,
      response_time: 0.5,
      model: 'openrouter/qwen/qwen3-235b-a22b-2507',
      model_map_information: { model_map_key: 'qwen/qwen3-235b-a22b-2507', model_map_value: null },
      model_id: 'd1',
      model_group: 'qwen-235b',
      api_base: 'https://openrouter.ai/api/v1',
      request_tags: ['prod', 'User-Agent: openai', 'User-Agent: openai/7 node'],
      end_user: 'user-7',
      model_parameters: { temperature: 0.2, stream: true },
      hidden_params: {
        model_id: 'd1',
        api_base: 'https://openrouter.ai/api/v1',
        response_cost: 0.00001086,
        litellm_model_name: 'qwen/qwen3-235b-a22b-2507',
        litellm_overhead_time_ms: 20,
        usage_object: { cost: 0.00001086 },
      },
      error_str: null,
      sallyport: {
        attempts: [
          {
            deployment_id: 'd1',
            provider: 'openrouter',
            model: 'qwen/qwen3-235b-a22b-2507',
            status: '200',
            started_at: 1_763_526_219.13,
            duration_ms: 480,
          },
        ],
      },
    });
  });

  it('says that a price is not known instead of calling it nothing', async () => {
    const target = { ...(STREAMED.target as NonNullable<CallOutcome['target']>), provider: 'laas' };
    const reply = { id: 'x', usage: usageOf({}), error: undefined, response: REPLY };
    const record = await buildRecord(outcomeWith({ target, reply }), FULL);
    expect(record).toMatchObject({
      response_cost: 0,
      cost_breakdown: null,
      response_cost_failure_debug_info: { error_str: 'The price of this model is not known', call_type: 'acompletion' },
      hidden_params: { response_cost: null },
    });
  });

  it('reads what the headers say for the logs, unless the body says it', async () => {
    const headers = {
      'x-litellm-tags': 'a, b,,c',
      'x-litellm-spend-logs-metadata': '{"project":"p1","api_key":"SECRET"}',
      'x-litellm-end-user-id': 'header-user',
    };
    const ask = { userAgent: null, customHeaders: headers };
    const record = await buildRecord(outcomeWith({ ask, body: { messages: [], user: 'u' } }), FULL);
    expect(record).toMatchObject({
      request_tags: ['a', 'b', 'c'],
      end_user: 'header-user',
      metadata: { spend_logs_metadata: { project: 'p1' }, user_api_key_end_user_id: 'header-user' },
    });
    expect(JSON.stringify(record)).not.toContain('SECRET');
    const body = { messages: [], litellm_metadata: { tags: ['d'], spend_logs_metadata: { project: 'p2' } } };
    expect(await buildRecord(outcomeWith({ ask, body }), FULL)).toMatchObject({
      request_tags: ['d'],
      metadata: { spend_logs_metadata: { project: 'p2' }, requester_metadata: { tags: ['d'] } },
      model_parameters: {},
    });
  });

  it.each([
    [{ 'x-litellm-trace-id': 'one', 'x-litellm-session-id': 'two' }, { litellm_session_id: 'three' }, 'one'],
    [{ 'x-litellm-session-id': 'two', 'x-claude-code-session-id': 'session-9' }, {}, 'two'],
    [{ 'x-claude-code-session-id': 'session-9' }, { litellm_session_id: 'three' }, 'session-9'],
    [{ 'x-claude-code-session-id': 'short' }, { litellm_session_id: 'three', litellm_trace_id: 'four' }, 'three'],
    [{}, { litellm_trace_id: 'four', metadata: { session_id: 'five' } }, 'four'],
    [{}, { metadata: { session_id: 'five', trace_id: 'six' } }, 'five'],
    [{}, { litellm_metadata: { trace_id: 'six' } }, 'six'],
    [{ 'x-litellm-trace-id': '' }, { litellm_trace_id: 4, metadata: 'none' }, 't'.repeat(32)],
  ])('gathers calls under the id that the client names: %j %j', async (customHeaders, body, traceId) => {
    const record = await buildRecord(outcomeWith({ ask: { customHeaders }, body: { messages: [], ...body } }), FULL);
    expect([record.trace_id, record.model_parameters]).toEqual([traceId, {}]);
  });

  it('puts Anthropic’s system prompt in front of the messages', async () => {
    const body = { system: 'Be kind', messages: [{ role: 'user', content: 'Hi' }], metadata: { user_id: 'u' } };
    const record = await buildRecord(outcomeWith({ ask: { endpoint: 'anthropic-messages' }, body }), FULL);
    expect(record).toMatchObject({
      call_type: 'anthropic_messages',
      end_user: 'u',
      messages: [
        { role: 'system', content: 'Be kind' },
        { role: 'user', content: 'Hi' },
      ],
    });
  });

  it('names no model where none was asked for', async () => {
    const record = await buildRecord(outcomeWith({ ask: { endpoint: 'openai-files', model: '' }, body: {} }), FULL);
    expect([record.model_group, record.messages]).toEqual([null, null]);
  });

  it('says nothing of an end user whom nobody named', async () => {
    const record = await buildRecord(outcomeWith({ ask: { customHeaders: null }, body: { messages: [] } }), FULL);
    expect([record.end_user, record.metadata.user_api_key_end_user_id]).toEqual(['', null]);
  });

  it('tells no time of its own below nothing, as clocks differ', async () => {
    const [attempt] = STREAMED.attempts;
    const record = await buildRecord(outcomeWith({ attempts: [{ ...attempt!, durationMs: 90_000 }] }), FULL);
    expect(record.hidden_params.litellm_overhead_time_ms).toBe(0);
  });

  it('takes what is to be ranked for the input', async () => {
    const body = { query: 'q', documents: ['d'], top_n: 1 };
    const record = await buildRecord(outcomeWith({ ask: { endpoint: 'rerank' }, body }), FULL);
    expect(record).toMatchObject({ messages: { query: 'q', documents: ['d'] }, model_parameters: { top_n: 1 } });
  });

  it('names the tools that the provider runs itself', async () => {
    const tools = [
      { type: 'web_search', search_context_size: 'low' },
      { type: 'file_search', vector_store_ids: ['v'] },
    ];
    const record = await buildRecord(outcomeWith({ body: { messages: [], tools } }), FULL);
    expect(record.standard_built_in_tools_params).toEqual({ web_search_options: tools[0], file_search: tools[1] });
  });

  describe('with a masking proxy before the gateway', () => {
    const recordWith = (masked: string) =>
      buildRecord(outcomeWith({ ask: { customHeaders: { 'x-sallyport-masked': masked } } }), FULL);

    it('tells how many values of each kind were masked', async () => {
      expect(await recordWith('email=2, aws-arn=1')).toMatchObject({
        guardrail_information: [
          { guardrail_name: 'sallyport-masking', masked_entity_count: { email: 2, 'aws-arn': 1 } },
        ],
        status_fields: { guardrail_status: 'success' },
        metadata: { applied_guardrails: ['sallyport-masking'] },
      });
    });

    it.each(['', 'email', 'email=two', 'email=2;drop', 'alice@example.com=1', 'a=1,,b=2'])(
      'takes %j for no word of a guardrail',
      async (header) => {
        expect(await recordWith(header)).toMatchObject({
          guardrail_information: null,
          status_fields: { guardrail_status: 'not_run' },
          metadata: { applied_guardrails: null },
        });
      },
    );
  });
});
