import { isObject } from '../../json/json-value';
import { anyOf, anything, empty } from '../harmless-values';
import {
  HOSTED_TOOL,
  KEPT_ELSEWHERE,
  NO_COUNTERPART,
  TIERS_DIFFER,
  UNKNOWN_CHOICE,
  UNKNOWN_CONTENT,
  UNKNOWN_FORMAT,
} from '../reasons';
import { carried, dropped, forbidden, refused, type RuleTable } from '../translation-rules';

const ANTHROPIC_ONLY = 'a setting of Anthropic’s own service';
const SERVER_TOOL_HISTORY = 'a tool that Anthropic’s servers ran; the text around it stays';
const TOOL_CHANGE = 'tools that come or go within a conversation';

/** Fields of a Messages request that mean nothing to any API of OpenAI. Headers and `?beta=true` never travel on. */
const ANTHROPIC_ONLY_FIELDS: RuleTable = {
  cache_control: dropped('OpenAI caches prompts by itself; on blocks and tools it is left out too', anything),
  service_tier: dropped(TIERS_DIFFER, anyOf('auto')),
  container: dropped(ANTHROPIC_ONLY, empty),
  context_management: dropped(ANTHROPIC_ONLY, empty),
  mcp_servers: dropped(ANTHROPIC_ONLY, empty),
  inference_geo: dropped(ANTHROPIC_ONLY),
  diagnostics: dropped(ANTHROPIC_ONLY),
  speed: dropped(ANTHROPIC_ONLY),
  fallbacks: dropped(ANTHROPIC_ONLY),
  fallback_credit_token: dropped(ANTHROPIC_ONLY),
  billing_policy: dropped(ANTHROPIC_ONLY),
  user_profile_id: dropped(ANTHROPIC_ONLY),
  workspace_id: dropped(ANTHROPIC_ONLY),
  betas: dropped('the SDK’s way to name `anthropic-beta`', anything),
  'output_config.task_budget': dropped(NO_COUNTERPART),
  compaction: refused('it asks for a summary of the conversation instead of an answer'),
  thread: forbidden('the conversation before it is kept by Anthropic only', isNewThread),
};

/** Kinds of content that become of the same on every API of OpenAI. */
export const ANTHROPIC_ONLY_CONTENT: RuleTable = {
  'content: server_tool_use': dropped(SERVER_TOOL_HISTORY),
  'content: web_search_tool_result': dropped(SERVER_TOOL_HISTORY),
  'content: web_fetch_tool_result': dropped(SERVER_TOOL_HISTORY),
  'content: code_execution_tool_result': dropped(SERVER_TOOL_HISTORY),
  'content: bash_code_execution_tool_result': dropped(SERVER_TOOL_HISTORY),
  'content: text_editor_code_execution_tool_result': dropped(SERVER_TOOL_HISTORY),
  'content: tool_search_tool_result': dropped(SERVER_TOOL_HISTORY),
  'content: advisor_tool_result': dropped(SERVER_TOOL_HISTORY),
  'content: mcp_tool_use': dropped(SERVER_TOOL_HISTORY),
  'content: mcp_tool_result': dropped(SERVER_TOOL_HISTORY),
  'content: mcp_tool_listing': dropped(SERVER_TOOL_HISTORY),
  'content: fallback': dropped('it marks where another model of Anthropic took over'),
  'content: container_upload': refused('a file in a container of Anthropic’s'),
  'content: browser_state': refused('only Anthropic’s servers can render it'),
  'content: tool_addition': refused(TOOL_CHANGE),
  'content: tool_removal': refused(TOOL_CHANGE),
  'content: any other': refused(UNKNOWN_CONTENT),
  'content of the assistant: any other': dropped('an unknown block is left out, what stands around it stays'),

  'image source: file': refused(KEPT_ELSEWHERE),
  'image source: any other': refused(UNKNOWN_CONTENT),
  'document source: file': refused(KEPT_ELSEWHERE),
  'document source: any other': refused(UNKNOWN_CONTENT),

  'tool: bash': refused(HOSTED_TOOL),
  'tool: text_editor': refused(HOSTED_TOOL),
  'tool: computer': refused(HOSTED_TOOL),
  'tool: computer_toolset': refused(HOSTED_TOOL),
  'tool: browser_toolset': refused(HOSTED_TOOL),
  'tool: memory': refused(HOSTED_TOOL),
  'tool: code_execution': refused(HOSTED_TOOL),
  'tool: web_search': refused(HOSTED_TOOL),
  'tool: web_fetch': refused(HOSTED_TOOL),
  'tool: tool_search_tool_bm25': refused(HOSTED_TOOL),
  'tool: tool_search_tool_regex': refused(HOSTED_TOOL),
  'tool: advisor': refused(HOSTED_TOOL),
  'tool: mcp_toolset': refused(HOSTED_TOOL),
  'tool: any other': refused(HOSTED_TOOL),
  'tool choice: any other': refused(UNKNOWN_CHOICE),

  'thinking: adaptive': dropped('the model decides by itself; `output_config.effort` is carried', anything),
  'thinking: between_tools': dropped('the model decides by itself; `output_config.effort` is carried', anything),
  'thinking: disabled': dropped('nothing is sent, the model’s own default holds', anything),
  'thinking: any other': dropped('an unknown way to think is left to the model'),
  'output format: any other': refused(UNKNOWN_FORMAT),
};

/** A thread that is only begun carries its whole conversation. */
function isNewThread(thread: unknown): boolean {
  return isObject(thread) && thread.type === 'create';
}

/** Rows that differ between the pairs in nothing but names. */
export function sharedFields(to: { readonly effort: string; readonly format: string }): RuleTable {
  const schema = `named \`response\`, with \`strict: true\``;
  return {
    ...ANTHROPIC_ONLY_FIELDS,
    model: carried('model', 'the upstream’s own name of it'),
    temperature: carried('temperature', 'dropped for OpenAI’s reasoning models unless it is 1'),
    top_p: carried('top_p', 'dropped for OpenAI’s reasoning models'),
    metadata: carried('user', 'only `user_id`'),
    'metadata.user_id': carried('user', 'its SHA-256 in hexadecimal when it is longer than 64 characters'),
    thinking: carried(to.effort, 'by the size of the budget'),
    output_config: carried(to.effort, 'see its members'),
    'output_config.effort': carried(
      to.effort,
      '`xhigh` and `max` become `high`, an unknown one is dropped; wins over `thinking`',
    ),
    'output_config.format': carried(to.format, schema),
    output_format: carried(to.format, `older name of \`output_config.format\`; ${schema}`),
  };
}
