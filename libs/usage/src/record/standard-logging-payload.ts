import type { CostSource } from '../cost/call-cost';
import type { UsageSource } from '../count/call-usage';
import type { CallType } from './call-type';

/**
 * The record of one call, in the shape that LiteLLM hands to its logging callbacks, so that whatever reads those can
 * read these. Every key is present; what is not known is null. Times are seconds since the epoch, money is USD.
 * Source: https://docs.litellm.ai/docs/proxy/logging_spec
 */
export interface StandardLoggingPayload {
  /** The upstream's id of the reply; the call id when there is none. */
  readonly id: string;
  readonly trace_id: string;
  readonly litellm_call_id: string;
  readonly call_type: CallType;
  /** True only when the request streamed and the whole stream was put together. */
  readonly stream: true | null;
  readonly response_cost: number;
  readonly cost_breakdown: CostBreakdown | null;
  readonly response_cost_failure_debug_info: CostFailure | null;
  readonly status: CallStatus;
  readonly status_fields: { readonly llm_api_status: CallStatus; readonly guardrail_status: GuardrailStatus };
  readonly custom_llm_provider: string | null;
  readonly total_tokens: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly startTime: number;
  readonly endTime: number;
  /** First byte of the reply's body; the end time when the reply did not stream. */
  readonly completionStartTime: number;
  /** Seconds to the first byte of a stream, or to the end of any other reply. */
  readonly response_time: number;
  readonly model_map_information: { readonly model_map_key: string; readonly model_map_value: null };
  /** Upstream model behind its provider prefix. */
  readonly model: string;
  readonly model_id: string | null;
  readonly model_group: string | null;
  readonly api_base: string;
  readonly metadata: LoggingMetadata;
  readonly cache_hit: null;
  readonly cache_key: null;
  readonly saved_cache_cost: number;
  readonly request_tags: readonly string[];
  readonly end_user: string;
  readonly requester_ip_address: string | null;
  readonly user_agent: string | null;
  readonly messages: unknown;
  readonly response: unknown;
  readonly error_str: string | null;
  readonly error_information: ErrorInformation | null;
  readonly model_parameters: Readonly<Record<string, unknown>>;
  readonly hidden_params: HiddenParams;
  readonly guardrail_information: readonly GuardrailInformation[] | null;
  readonly standard_built_in_tools_params: BuiltInTools | null;
  /** What LiteLLM has no place for. */
  readonly sallyport: SallyportPart;
}

export interface SallyportPart {
  /** Every upstream that was tried, in the order of the tries. */
  readonly attempts: readonly RecordedAttempt[];
  readonly usage_source: UsageSource | null;
  readonly cost_source: CostSource | null;
  /** Whether the client left before the reply ended. */
  readonly client_left: boolean;
}

export interface RecordedAttempt {
  readonly deployment_id: string;
  readonly provider: string;
  readonly model: string;
  /** HTTP status of the upstream, or the code of our error when there was no reply. */
  readonly status: string;
  /** Seconds since the epoch. */
  readonly started_at: number;
  readonly duration_ms: number;
}

/** USD. The parts are disjoint, but `reasoning_cost` is a part of `output_cost`. */
export interface CostBreakdown {
  /** Input that has nothing to do with a prompt cache. */
  readonly input_cost: number | null;
  readonly cache_read_cost: number | null;
  readonly cache_creation_cost: number | null;
  readonly output_cost: number | null;
  readonly reasoning_cost: number | null;
  readonly tool_usage_cost: number | null;
  readonly additional_costs: Readonly<Record<string, number>> | null;
  readonly original_cost: number;
  readonly discount_percent: null;
  readonly discount_amount: null;
  readonly margin_percent: null;
  readonly margin_fixed_amount: null;
  readonly margin_total_amount: null;
  readonly total_cost: number;
}

/** Tools that the provider runs itself, as the request describes them. */
export interface BuiltInTools {
  readonly web_search_options: Readonly<Record<string, unknown>> | null;
  readonly file_search: Readonly<Record<string, unknown>> | null;
}

export type CallStatus = 'success' | 'failure';
export type GuardrailStatus = 'success' | 'not_run';

/** What one guardrail did to a call. */
export interface GuardrailInformation {
  readonly guardrail_name: string;
  readonly guardrail_provider: string;
  readonly guardrail_mode: 'pre_call';
  readonly guardrail_status: GuardrailStatus;
  /** How many values of each kind were masked. */
  readonly masked_entity_count: Readonly<Record<string, number>>;
  readonly guardrail_action: 'masked';
  readonly guardrail_request: null;
  readonly guardrail_response: null;
  readonly start_time: null;
  readonly end_time: null;
  readonly duration: null;
  readonly guardrail_id: null;
  readonly policy_template: null;
  readonly detection_method: null;
  readonly confidence_score: null;
  readonly classification: null;
  readonly match_details: null;
  readonly patterns_checked: null;
  readonly alert_recipients: null;
  readonly risk_score: null;
  readonly violation_categories: null;
}

export interface CostFailure {
  readonly error_str: string;
  readonly traceback_str: string;
  readonly model: string;
  readonly cache_hit: null;
  readonly custom_llm_provider: string | null;
  readonly base_model: null;
  readonly call_type: CallType;
  readonly custom_pricing: boolean;
}

export interface ErrorInformation {
  readonly error_code: string;
  readonly error_class: string;
  readonly llm_provider: string;
  readonly traceback: string;
  readonly error_message: string;
  /** Whose limit it was: the gateway's, or the vendor's. */
  readonly error_rate_limit_category: 'litellm_rate_limit' | 'vendor_rate_limit' | null;
  readonly error_rate_limit_type: 'requests' | null;
  readonly error_budget_entity_type: null;
  readonly error_budget_entity_id: null;
  readonly error_budget_limit: null;
  readonly error_budget_spend: null;
}

export interface HiddenParams {
  readonly model_id: string | null;
  readonly cache_key: null;
  readonly api_base: string | null;
  readonly response_cost: number | null;
  /** What was not spent waiting for upstreams. */
  readonly litellm_overhead_time_ms: number | null;
  readonly additional_headers: null;
  readonly batch_models: null;
  readonly litellm_model_name: string | null;
  readonly usage_object: Readonly<Record<string, unknown>> | null;
}

/** Who called, as far as a key tells, and what the call said of itself. */
export interface LoggingMetadata {
  readonly user_api_key_hash: string | null;
  readonly user_api_key_alias: null;
  readonly user_api_key_org_id: null;
  readonly user_api_key_org_alias: null;
  readonly user_api_key_team_id: null;
  readonly user_api_key_team_alias: null;
  readonly user_api_key_project_id: null;
  readonly user_api_key_project_alias: null;
  readonly user_api_key_user_id: null;
  readonly user_api_key_user_email: null;
  readonly user_api_key_end_user_id: string | null;
  readonly user_api_key_request_route: string;
  readonly user_api_key_spend: null;
  readonly user_api_key_max_budget: null;
  readonly user_api_key_user_spend: null;
  readonly user_api_key_user_max_budget: null;
  readonly user_api_key_team_spend: null;
  readonly user_api_key_team_max_budget: null;
  readonly user_api_key_budget_reset_at: null;
  readonly user_api_key_auth_metadata: null;
  readonly spend_logs_metadata: Readonly<Record<string, unknown>> | null;
  readonly requester_ip_address: string | null;
  readonly user_agent: string | null;
  readonly requester_metadata: Readonly<Record<string, unknown>> | null;
  readonly requester_custom_headers: Readonly<Record<string, string>> | null;
  readonly prompt_management_metadata: null;
  readonly mcp_tool_call_metadata: null;
  readonly vector_store_request_metadata: null;
  readonly applied_guardrails: readonly string[] | null;
  readonly usage_object: Readonly<Record<string, unknown>> | null;
  readonly cold_storage_object_key: null;
  readonly team_alias: null;
  readonly team_id: null;
}
