import { SallyportError } from '@sallyport/dialects';
import { failureOf, type CallFailure, type CallOutcome } from '../call-outcome';
import { buildRecord } from './build-record';
import { FULL, NONE, REPLY, STREAMED } from './call-outcome.fixture';

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
const gone: CallFailure = { code: '499', kind: 'client_closed', message: 'The client closed', isPlain: true };
const stopped: CallFailure = { code: '503', kind: 'shutdown', message: 'The gateway stops', isPlain: true };
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
    {
      response: null,
      error_information: { error_rate_limit_category: null, error_rate_limit_type: null },
      sallyport: NOTHING,
    },
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
    { reply: partial, failure: stopped },
    { completion_tokens: 1, error_information: { error_code: '503' }, sallyport: ESTIMATED },
  ],
];

describe('every outcome', () => {
  it.each(OUTCOMES)('records %s', async (_what, changes, expected) => {
    for (const policy of [FULL, NONE]) {
      const record = await buildRecord({ ...STREAMED, ...changes }, policy);
      expect(Object.keys(JSON.parse(JSON.stringify(record)) as object).sort()).toEqual([...KEYS].sort());
      if (policy === FULL) expect(record).toMatchObject(expected);
    }
  });

  it.each(['deadline_exceeded', 'storage_full', 'unavailable', 'rate_limited', 'circuit_open', 'internal'] as const)(
    'shows our own words for %s where content is not written down',
    async (code) => {
      const failure = refusal(code, 'Words of ours');
      expect(await buildRecord({ ...STREAMED, failure }, NONE)).toMatchObject({ error_str: 'Words of ours' });
    },
  );

  it.each([gone, stopped])('says who ended a call, whatever may be written of it: $kind', async (failure) => {
    for (const policy of [FULL, NONE]) {
      const { error_str: text, error_information: error } = await buildRecord({ ...STREAMED, failure }, policy);
      expect([text, error]).toMatchObject([failure.message, { error_code: failure.code, error_class: failure.kind }]);
    }
  });
});
