import { SallyportError } from '@sallyport/dialects';
import { buildRecord } from './build-record';
import { failureOf, type CallOutcome } from './call-outcome';

const outcome: CallOutcome = {
  request: {
    callId: 'call-1',
    traceId: 't'.repeat(32),
    endpoint: 'openai-chat',
    route: '/v1/chat/completions',
    model: 'qwen-235b',
    keyHash: 'ab'.repeat(32),
    clientIp: '10.0.0.4',
    userAgent: 'openai/7 node',
    customHeaders: { 'x-team': 'blue' },
    body: {
      model: 'qwen-235b',
      messages: [{ role: 'user', content: 'Hi' }],
      temperature: 0.2,
      stream: true,
      user: 'user-7',
      metadata: { tags: ['prod'] },
    },
  },
  target: {
    provider: 'openrouter',
    model: 'qwen/qwen3-235b-a22b-2507',
    deploymentId: 'd1',
    apiBase: 'https://openrouter.ai/api/v1',
  },
  times: { startedAt: 1_763_526_219_120, endedAt: 1_763_526_221_120, firstByteAt: 1_763_526_219_620 },
  streamed: true,
  reply: {
    id: 'gen-1',
    usage: {
      promptTokens: 14,
      completionTokens: 16,
      totalTokens: 30,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      reasoningTokens: 0,
      raw: { prompt_tokens: 14, completion_tokens: 16, total_tokens: 30, cost: 0.00001086 },
    },
    error: undefined,
    response: { id: 'gen-1' },
  },
  failure: undefined,
};

/** Top level of the StandardLoggingPayload: every key must be there, whatever happened. */
const KEYS = `id trace_id litellm_call_id call_type stream response_cost cost_breakdown
  response_cost_failure_debug_info status status_fields custom_llm_provider total_tokens prompt_tokens completion_tokens
  startTime endTime completionStartTime response_time model_map_information model model_id model_group api_base metadata
  cache_hit cache_key saved_cache_cost request_tags end_user requester_ip_address user_agent messages response error_str
  error_information model_parameters hidden_params guardrail_information standard_built_in_tools_params`.split(/\s+/);

describe(buildRecord.name, () => {
  it('records a stream with the upstream’s own bill', () => {
    expect(buildRecord(outcome)).toMatchObject({
      id: 'gen-1',
      litellm_call_id: 'call-1',
      call_type: 'acompletion',
      stream: true,
      response_cost: 0.00001086,
      response_cost_failure_debug_info: null,
      status: 'success',
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
      error_str: null,
    });
  });

  it.each([
    ['a success', outcome],
    ['a refusal before any upstream', { ...outcome, target: undefined, reply: undefined }],
  ])('has every key for %s, null where unknown', (_what, end) => {
    const failure = end.target === undefined ? failureOf(new SallyportError('model_not_found', 'nobody')) : undefined;
    const record = JSON.parse(JSON.stringify(buildRecord({ ...end, failure }))) as object;
    expect(Object.keys(record).sort()).toEqual([...KEYS].sort());
  });

  it('records a failure under the call’s own id', () => {
    const failure = failureOf(new SallyportError('upstream_failed', 'The upstream answered with status 500'));
    expect(buildRecord({ ...outcome, reply: undefined, failure })).toMatchObject({
      id: 'call-1',
      stream: null,
      status: 'failure',
      status_fields: { llm_api_status: 'failure' },
      response: null,
      error_str: 'The upstream answered with status 500',
      error_information: { error_code: 'upstream_failed', llm_provider: 'openrouter' },
      response_cost: 0,
    });
  });

  it('says that a price is not known instead of calling it nothing', () => {
    const usage = { ...outcome.reply!.usage!, raw: {} };
    const reply = { id: 'x', usage, error: undefined, response: {} };
    expect(buildRecord({ ...outcome, reply }).response_cost_failure_debug_info).toMatchObject({
      error_str: 'The price of this model is not known',
    });
  });

  it('puts Anthropic’s system prompt in front of the messages', () => {
    const body = {
      model: 'm',
      system: 'Be kind',
      messages: [{ role: 'user', content: 'Hi' }],
      metadata: { user_id: 'u' },
    };
    const record = buildRecord({ ...outcome, request: { ...outcome.request, endpoint: 'anthropic-messages', body } });
    expect(record).toMatchObject({
      call_type: 'anthropic_messages',
      end_user: 'u',
      messages: [
        { role: 'system', content: 'Be kind' },
        { role: 'user', content: 'Hi' },
      ],
    });
  });

  it('keeps no credential that a request carries for its tools', () => {
    const body = {
      ...outcome.request.body,
      max_tokens: 99,
      extra_headers: { authorization: 'SECRET-1' },
      api_key: 'SECRET-2',
      access_key: ['SECRET-5', 'SECRET-6'],
      tools: [{ type: 'mcp', headers: { Authorization: 'SECRET-3', 'x-trace': 'kept' } }],
      metadata: { session_token: 'SECRET-4', team: 'blue' },
    };
    const record = buildRecord({ ...outcome, request: { ...outcome.request, body } });
    expect(JSON.stringify(record)).not.toContain('SECRET');
    expect(record).toMatchObject({
      model_parameters: { max_tokens: 99, tools: [{ headers: { 'x-trace': 'kept' } }] },
      metadata: { requester_metadata: { team: 'blue' } },
    });
  });

  describe('with a masking proxy before the gateway', () => {
    const recordWith = (masked: string) =>
      buildRecord({ ...outcome, request: { ...outcome.request, customHeaders: { 'x-sallyport-masked': masked } } });

    it('tells how many values of each kind were masked', () => {
      expect(recordWith('email=2, aws-arn=1')).toMatchObject({
        guardrail_information: [
          { guardrail_name: 'sallyport-masking', masked_entity_count: { email: 2, 'aws-arn': 1 } },
        ],
        status_fields: { guardrail_status: 'success' },
      });
    });

    it.each(['', 'email', 'email=two', 'email=2;drop', 'alice@example.com=1', 'a=1,,b=2'])(
      'takes %j for no word of a guardrail',
      (header) => {
        expect(recordWith(header)).toMatchObject({
          guardrail_information: null,
          status_fields: { guardrail_status: 'not_run' },
        });
      },
    );
  });
});
