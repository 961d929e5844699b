import { SallyportError } from '@sallyport/dialects';
import { failureOf, type CallFailure, type CallOutcome } from '../call-outcome';
import { buildRecord } from './build-record';
import { FULL, NONE, outcomeWith, REPLY, STREAMED, usageOf } from './call-outcome.fixture';

/** Top level of the StandardLoggingPayload: every key must be there, whatever happened. */
const KEYS = `id trace_id litellm_call_id call_type stream response_cost cost_breakdown
  response_cost_failure_debug_info status status_fields custom_llm_provider total_tokens prompt_tokens completion_tokens
  startTime endTime completionStartTime response_time model_map_information model model_id model_group api_base metadata
  cache_hit cache_key saved_cache_cost request_tags end_user requester_ip_address user_agent messages response error_str
  error_information model_parameters hidden_params guardrail_information standard_built_in_tools_params
  sallyport`.split(/\s+/);

const refusal = (code: ConstructorParameters<typeof SallyportError>[0], message: string): CallFailure =>
  failureOf(new SallyportError(code, message));
const upstream = (status: number, kind: string): CallFailure => ({ code: String(status), kind, message: 'It said no' });
const errorReply = (type: string) => ({
  id: '',
  usage: undefined,
  error: { type, message: 'It said no' },
  response: { error: { type, message: 'It said no' } },
});
const tried = (status: string) => ({ ...(STREAMED.attempts[0] as (typeof STREAMED.attempts)[number]), status });
const partial = {
  id: 'gen-1',
  usage: undefined,
  error: undefined,
  response: {
    ...REPLY,
    choices: [{ index: 0, finish_reason: null, message: { role: 'assistant', content: 'Hello' } }],
  },
};
const gone = refusal('upstream_interrupted', 'The client closed the connection before the reply ended');
const ESTIMATED = { usage_source: 'estimated', cost_source: 'catalogue' };
const NOTHING = { usage_source: null, cost_source: null };

/** Every way in which a call can end, and what its record must say. */
const OUTCOMES: readonly [what: string, outcome: Partial<CallOutcome>, expected: object][] = [
  [
    'a whole stream',
    {},
    { status: 'success', stream: true, sallyport: { usage_source: 'upstream', cost_source: 'upstream' } },
  ],
  ['a whole reply', { streamed: false }, { status: 'success', stream: null, response_time: 2 }],
  [
    'a reply after a fallback',
    { attempts: [tried('503'), tried('deadline_exceeded'), tried('200')] },
    {
      status: 'success',
      sallyport: { attempts: [{ status: '503' }, { status: 'deadline_exceeded' }, { status: '200' }] },
    },
  ],
  [
    'a stream without usage',
    { reply: { ...partial, response: REPLY } },
    { status: 'success', completion_tokens: 7, sallyport: ESTIMATED },
  ],
  [
    'a refusal by a limit',
    { target: undefined, reply: undefined, attempts: [], failure: refusal('rate_limited', 'Too many requests') },
    {
      id: 'call-1',
      status: 'failure',
      response: null,
      total_tokens: 0,
      error_information: {
        error_code: 'rate_limited',
        error_rate_limit_category: 'litellm_rate_limit',
        error_rate_limit_type: 'requests',
      },
      sallyport: { attempts: [], ...NOTHING },
    },
  ],
  [
    'a model that nobody serves',
    { target: undefined, reply: undefined, attempts: [], failure: refusal('model_not_found', 'Nobody serves it') },
    { model: 'qwen-235b', custom_llm_provider: null, api_base: '', error_str: 'Nobody serves it', sallyport: NOTHING },
  ],
  [
    'a limit of the upstream',
    { reply: errorReply('rate_limit_error'), attempts: [tried('429')], failure: upstream(429, 'rate_limit_error') },
    {
      status: 'failure',
      error_str: 'It said no',
      error_information: {
        error_code: '429',
        error_class: 'rate_limit_error',
        llm_provider: 'openrouter',
        error_rate_limit_category: 'vendor_rate_limit',
      },
      response_cost: 0,
      response_cost_failure_debug_info: null,
      sallyport: NOTHING,
    },
  ],
  [
    'upstreams that all fail',
    { reply: undefined, attempts: [tried('500'), tried('502')], failure: refusal('upstream_failed', 'It failed') },
    { response: null, error_information: { error_rate_limit_category: null }, sallyport: NOTHING },
  ],
  [
    'a client that left before an upstream was tried',
    { target: undefined, reply: undefined, attempts: [], failure: gone, clientLeft: true },
    { status: 'failure', total_tokens: 0, sallyport: { client_left: true, ...NOTHING } },
  ],
  [
    'a client that left before the first byte',
    { reply: undefined, attempts: [tried('upstream_interrupted')], failure: gone, clientLeft: true },
    { prompt_tokens: 5, completion_tokens: 0, response: null, sallyport: { client_left: true, ...ESTIMATED } },
  ],
  [
    'a client that left after the upstream refused',
    { reply: undefined, attempts: [tried('429')], failure: gone, clientLeft: true },
    { total_tokens: 0, sallyport: { client_left: true, ...NOTHING } },
  ],
  [
    'a client that left mid-stream',
    { reply: partial, failure: gone, clientLeft: true },
    { status: 'failure', stream: null, completion_tokens: 1, response: partial.response, sallyport: ESTIMATED },
  ],
  [
    'a client that left before the end',
    { failure: gone, clientLeft: true },
    { status: 'failure', completion_tokens: 16, sallyport: { usage_source: 'upstream', cost_source: 'upstream' } },
  ],
  [
    'a client that left, and a reply that was read to its end',
    { clientLeft: true },
    { status: 'success', stream: true, sallyport: { client_left: true, usage_source: 'upstream' } },
  ],
  [
    'a stream that failed in the middle',
    {
      reply: { ...partial, error: { type: 'overloaded_error', message: 'Busy' } },
      failure: upstream(529, 'overloaded_error'),
    },
    { status: 'failure', completion_tokens: 1, error_information: { error_code: '529' }, sallyport: ESTIMATED },
  ],
  [
    'a time-out before any reply',
    { reply: undefined, attempts: [tried('deadline_exceeded')], failure: refusal('deadline_exceeded', 'Too late') },
    { status: 'failure', total_tokens: 0, sallyport: NOTHING },
  ],
  [
    'a stream that took too long',
    { reply: partial, failure: refusal('deadline_exceeded', 'Too late') },
    { completion_tokens: 1, error_str: 'Too late', sallyport: ESTIMATED },
  ],
  [
    'a shutdown mid-stream',
    { reply: partial, failure: refusal('unavailable', 'The gateway is shutting down') },
    { completion_tokens: 1, error_information: { error_code: 'unavailable' }, sallyport: ESTIMATED },
  ],
];

describe(buildRecord.name, () => {
  it.each(OUTCOMES)('records %s', async (_what, changes, expected) => {
    for (const policy of [FULL, NONE]) {
      const record = await buildRecord({ ...STREAMED, ...changes }, policy);
      expect(Object.keys(JSON.parse(JSON.stringify(record)) as object).sort()).toEqual([...KEYS].sort());
      if (policy === FULL) expect(record).toMatchObject(expected);
    }
  });

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
      model_group: 'qwen-235b',
      request_tags: ['prod', 'User-Agent: openai', 'User-Agent: openai/7 node'],
      end_user: 'user-7',
      model_parameters: { temperature: 0.2, stream: true },
      hidden_params: { litellm_overhead_time_ms: 20, usage_object: { cost: 0.00001086 } },
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
