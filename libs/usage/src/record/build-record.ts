import type { CallOutcome, CallTarget, RecordPolicy } from '../call-outcome';
import { hideInAddress } from '../content/hide-credentials';
import { recordedContent } from '../content/recorded-content';
import { countersOf } from '../content/redacted';
import { callCost, type CallCost } from '../cost/call-cost';
import { count } from '../cost/token-classes';
import { callUsage, type CallUsage } from '../count/call-usage';
import { endUser, requestTags, traceId, userAgent } from '../request/request-view';
import { CALL_TYPES } from './call-type';
import { guardrailInformation } from './guardrail-information';
import { loggingMetadata } from './logging-metadata';
import { errorInformation, recordedFailure } from './recorded-failure';
import { overheadMs, recordedAttempts, recordedSeconds } from './recorded-times';
import type { CostFailure, HiddenParams, StandardLoggingPayload } from './standard-logging-payload';

/** An id as upstreams give them; with content switched off, nothing else is taken for one. */
const ID = /^[\w.:~+/=-]{1,256}$/;

/** What of a call was found out for its record. */
interface Findings {
  readonly usage: CallUsage | undefined;
  readonly cost: CallCost | undefined;
  /** The usage object as it may be shown. */
  readonly usageObject: Readonly<Record<string, unknown>> | null;
  readonly apiBase: string | null;
}

/**
 * Makes the record of a call, whatever its end. Tokens that no upstream reported are counted, which lets others work
 * meanwhile.
 */
export async function buildRecord(outcome: CallOutcome, policy: RecordPolicy): Promise<StandardLoggingPayload> {
  const { request, target } = outcome;
  const findings = await findingsOf(outcome, policy);
  const guardrails = guardrailInformation(request.customHeaders);
  const guardrailNames = guardrails && guardrails.map(({ guardrail_name: name }) => name);
  const { messages, response, parameters, tools } = recordedContent(outcome, policy);
  return {
    id: recordId(outcome, policy),
    trace_id: traceId(request),
    litellm_call_id: request.callId,
    call_type: CALL_TYPES[request.endpoint],
    stream: outcome.streamed && outcome.failure === undefined ? true : null,
    ...costPart(outcome, findings),
    ...statusPart(outcome, policy, guardrails !== null),
    custom_llm_provider: target?.provider ?? null,
    ...tokenPart(findings.usage),
    ...recordedSeconds(outcome),
    model_map_information: { model_map_key: target?.model ?? request.model, model_map_value: null },
    model: modelName(outcome),
    model_id: target?.deploymentId ?? null,
    model_group: request.model || null,
    api_base: findings.apiBase ?? '',
    metadata: loggingMetadata(request, findings.usageObject, guardrailNames),
    cache_hit: null,
    cache_key: null,
    saved_cache_cost: 0,
    request_tags: requestTags(request),
    end_user: endUser(request),
    requester_ip_address: request.clientIp,
    user_agent: userAgent(request),
    messages,
    response,
    model_parameters: parameters,
    hidden_params: hiddenParams(outcome, findings),
    guardrail_information: guardrails,
    standard_built_in_tools_params: tools,
    sallyport: {
      attempts: recordedAttempts(outcome),
      usage_source: findings.usage?.source ?? null,
      cost_source: findings.cost?.source ?? null,
      client_left: outcome.clientLeft,
    },
  };
}

async function findingsOf(outcome: CallOutcome, { content }: RecordPolicy): Promise<Findings> {
  const usage = await callUsage(outcome);
  return {
    usage,
    cost: usage && callCost(outcome, usage),
    usageObject: usage === undefined ? null : content === 'full' ? usage.object : countersOf(usage.object),
    apiBase: outcome.target === undefined ? null : hideInAddress(outcome.target.apiBase).replace(/\/$/, ''),
  };
}

function recordId({ request, reply }: CallOutcome, { content }: RecordPolicy): string {
  const id = reply?.id ?? '';
  return id === '' || (content === 'none' && !ID.test(id)) ? request.callId : id;
}

function modelName({ request, target }: CallOutcome): string {
  return target === undefined ? request.model : `${target.provider}/${target.model}`;
}

function statusPart(
  { failure, target }: CallOutcome,
  policy: RecordPolicy,
  guarded: boolean,
): Pick<StandardLoggingPayload, 'status' | 'status_fields' | 'error_str' | 'error_information'> {
  const status = failure === undefined ? 'success' : 'failure';
  const shown = failure && recordedFailure(failure, policy);
  return {
    status,
    status_fields: { llm_api_status: status, guardrail_status: guarded ? 'success' : 'not_run' },
    error_str: shown?.message ?? null,
    error_information: shown ? errorInformation(shown, target) : null,
  };
}

function tokenPart(
  usage: CallUsage | undefined,
): Pick<StandardLoggingPayload, 'total_tokens' | 'prompt_tokens' | 'completion_tokens'> {
  return {
    total_tokens: count(usage?.tokens.totalTokens),
    prompt_tokens: count(usage?.tokens.promptTokens),
    completion_tokens: count(usage?.tokens.completionTokens),
  };
}

function costPart(
  outcome: CallOutcome,
  { usage, cost }: Findings,
): Pick<StandardLoggingPayload, 'response_cost' | 'cost_breakdown' | 'response_cost_failure_debug_info'> {
  return {
    response_cost: cost?.breakdown.total_cost ?? 0,
    cost_breakdown: cost?.breakdown ?? null,
    response_cost_failure_debug_info: usage !== undefined && cost === undefined ? unknownCost(outcome) : null,
  };
}

function unknownCost(outcome: CallOutcome): CostFailure {
  return {
    error_str: 'The price of this model is not known',
    traceback_str: '',
    model: modelName(outcome),
    cache_hit: null,
    custom_llm_provider: outcome.target?.provider ?? null,
    base_model: null,
    call_type: CALL_TYPES[outcome.request.endpoint],
    custom_pricing: false,
  };
}

function hiddenParams(outcome: CallOutcome, { cost, usageObject, apiBase }: Findings): HiddenParams {
  const target: CallTarget | undefined = outcome.target;
  return {
    model_id: target?.deploymentId ?? null,
    cache_key: null,
    api_base: apiBase,
    response_cost: cost?.breakdown.total_cost ?? null,
    litellm_overhead_time_ms: overheadMs(outcome),
    additional_headers: null,
    batch_models: null,
    litellm_model_name: target?.model ?? null,
    usage_object: usageObject,
  };
}
