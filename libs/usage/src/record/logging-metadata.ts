import type { JsonObject } from '@sallyport/dialects';
import type { CallRequest } from '../call-outcome';
import { customHeaders, endUser, requesterMetadata, spendMetadata, userAgent } from '../request/request-view';
import type { LoggingMetadata } from './standard-logging-payload';

/**
 * The `metadata` part of a record. Keys, teams and budgets are not managed here, so those fields are null. What clients
 * give for the logs (metadata, tags, end user, headers) stays, whatever the policy for prompts and replies is.
 *
 * @param guardrails that took part in the call
 */
export function loggingMetadata(
  request: CallRequest,
  usage: JsonObject | null,
  guardrails: readonly string[] | null,
): LoggingMetadata {
  return {
    user_api_key_hash: request.keyHash,
    user_api_key_alias: null,
    user_api_key_org_id: null,
    user_api_key_org_alias: null,
    user_api_key_team_id: null,
    user_api_key_team_alias: null,
    user_api_key_project_id: null,
    user_api_key_project_alias: null,
    user_api_key_user_id: null,
    user_api_key_user_email: null,
    user_api_key_end_user_id: endUser(request) || null,
    user_api_key_request_route: request.route,
    user_api_key_spend: null,
    user_api_key_max_budget: null,
    user_api_key_user_spend: null,
    user_api_key_user_max_budget: null,
    user_api_key_team_spend: null,
    user_api_key_team_max_budget: null,
    user_api_key_budget_reset_at: null,
    user_api_key_auth_metadata: null,
    spend_logs_metadata: spendMetadata(request),
    requester_ip_address: request.clientIp,
    user_agent: userAgent(request),
    requester_metadata: requesterMetadata(request),
    requester_custom_headers: customHeaders(request),
    prompt_management_metadata: null,
    mcp_tool_call_metadata: null,
    vector_store_request_metadata: null,
    applied_guardrails: guardrails,
    usage_object: usage,
    cold_storage_object_key: null,
    team_alias: null,
    team_id: null,
  };
}
