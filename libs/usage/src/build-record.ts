import type { CallFailure, CallOutcome, CallTarget, CallTimes } from './call-outcome';
import { CALL_TYPES } from './call-type';
import { guardrailInformation } from './guardrail-information';
import { loggingMetadata } from './logging-metadata';
import { endUser, inputMessages, modelParameters, requestTags } from './request-view';
import type { CostFailure, ErrorInformation, HiddenParams, StandardLoggingPayload } from './standard-logging-payload';

/** Makes the record of a call, whatever its end. */
export function buildRecord(outcome: CallOutcome): StandardLoggingPayload {
  const { request, target, reply, failure } = outcome;
  const requested = request.model;
  const model = target === undefined ? requested : `${target.provider}/${target.model}`;
  const status = failure === undefined ? 'success' : 'failure';
  const usage = reply?.usage;
  const cost = reportedCost(usage?.raw);
  const guardrails = guardrailInformation(request.customHeaders);
  return {
    id: reply?.id || request.callId,
    trace_id: request.traceId,
    litellm_call_id: request.callId,
    call_type: CALL_TYPES[request.endpoint],
    stream: outcome.streamed && failure === undefined ? true : null,
    response_cost: cost ?? 0,
    cost_breakdown: null,
    response_cost_failure_debug_info: usage !== undefined && cost === undefined ? unknownCost(model, target) : null,
    status,
    status_fields: { llm_api_status: status, guardrail_status: guardrails === null ? 'not_run' : 'success' },
    custom_llm_provider: target?.provider ?? null,
    total_tokens: usage?.totalTokens ?? 0,
    prompt_tokens: usage?.promptTokens ?? 0,
    completion_tokens: usage?.completionTokens ?? 0,
    ...seconds(outcome.times, outcome.streamed),
    model_map_information: { model_map_key: target?.model ?? requested, model_map_value: null },
    model,
    model_id: target?.deploymentId ?? null,
    model_group: requested || null,
    api_base: target?.apiBase ?? '',
    metadata: loggingMetadata(request, usage?.raw ?? null),
    cache_hit: null,
    cache_key: null,
    saved_cache_cost: 0,
    request_tags: requestTags(request),
    end_user: endUser(request),
    requester_ip_address: request.clientIp,
    user_agent: request.userAgent,
    messages: inputMessages(request),
    response: reply?.response ?? null,
    error_str: failure?.message ?? null,
    error_information: failure === undefined ? null : errorInformation(failure, target),
    model_parameters: modelParameters(request),
    hidden_params: hiddenParams(outcome, cost),
    guardrail_information: guardrails,
    standard_built_in_tools_params: null,
  };
}

function seconds(
  { startedAt, endedAt, firstByteAt }: CallTimes,
  streamed: boolean,
): Pick<StandardLoggingPayload, 'startTime' | 'endTime' | 'completionStartTime' | 'response_time'> {
  const completionStartedAt = streamed ? (firstByteAt ?? endedAt) : endedAt;
  return {
    startTime: startedAt / 1000,
    endTime: endedAt / 1000,
    completionStartTime: completionStartedAt / 1000,
    response_time: (completionStartedAt - startedAt) / 1000,
  };
}

/** The upstream's own bill, as OpenRouter sends it. Prices for the others are not known yet. */
function reportedCost(usage: Readonly<Record<string, unknown>> | undefined): number | undefined {
  const cost = usage?.['cost'];
  return typeof cost === 'number' && Number.isFinite(cost) ? cost : undefined;
}

function unknownCost(model: string, target: CallTarget | undefined): CostFailure {
  return {
    error_str: 'The price of this model is not known',
    traceback_str: '',
    model,
    custom_llm_provider: target?.provider ?? null,
  };
}

function errorInformation(failure: CallFailure, target: CallTarget | undefined): ErrorInformation {
  return {
    error_code: failure.code,
    error_class: failure.kind,
    llm_provider: target?.provider ?? '',
    traceback: '',
    error_message: failure.message,
    error_rate_limit_category: null,
    error_rate_limit_type: null,
    error_budget_entity_type: null,
    error_budget_entity_id: null,
    error_budget_limit: null,
    error_budget_spend: null,
  };
}

function hiddenParams({ target, reply }: CallOutcome, cost: number | undefined): HiddenParams {
  return {
    model_id: target?.deploymentId ?? null,
    cache_key: null,
    api_base: target?.apiBase ?? null,
    response_cost: cost ?? null,
    litellm_overhead_time_ms: null,
    additional_headers: null,
    batch_models: null,
    litellm_model_name: target?.model ?? null,
    usage_object: reply?.usage?.raw ?? null,
  };
}
