import { anyOf, anything, empty, listOf } from '../harmless-values';
import {
  HOSTED_TOOL,
  KEPT_ELSEWHERE,
  NO_MODERATION,
  SPEED_ONLY,
  TEXT_ONLY,
  TIERS_DIFFER,
  UNKNOWN_CHOICE,
  UNKNOWN_CONTENT,
  UNKNOWN_FORMAT,
} from '../reasons';
import { dropped, forbidden, refused, type RuleTable } from '../translation-rules';

const KEEPS_NOTHING = 'the upstream keeps no conversations: send the whole of it as `input`';
/** Coding agents offer it with every call, for a model to use or not. */
const OFFERED_SEARCH = 'the model has to do without a search, as it may; a `tool_choice` of it is refused';
const OWN_TOOL = 'belongs to a tool that OpenAI runs or defines';

/** Fields of a Responses request that neither other API has a word for, and whose loss is no harm. */
export const UNTRANSLATED_FIELDS: RuleTable = {
  store: dropped('nothing is kept', anything),
  include: dropped('nothing of it exists there', listOf('reasoning.encrypted_content')),
  truncation: dropped('an input that is too long is refused by the upstream', anyOf('disabled')),
  metadata: dropped('it belongs to responses that are kept', empty),
  prompt_cache_key: dropped(SPEED_ONLY),
  prompt_cache_options: dropped(SPEED_ONLY),
  prompt_cache_retention: dropped(SPEED_ONLY),
  service_tier: dropped(TIERS_DIFFER, anyOf('auto', 'default')),
  top_logprobs: dropped('replies carry no probabilities', anyOf(0)),
  max_tool_calls: dropped('counts only calls of tools that OpenAI runs'),
  stream_options: dropped('streams are not obfuscated', anything),
  context_management: dropped('the upstream does not compact', empty),
  image: dropped('images go as they are'),
  access_programs: dropped('belongs to OpenAI’s own models'),
  moderation: refused(NO_MODERATION),
};

/** Fields that ask for something kept on a server. Without it the answer would be to another conversation. */
export const STATELESS_FIELDS: RuleTable = {
  previous_response_id: forbidden(KEEPS_NOTHING),
  conversation: forbidden(KEEPS_NOTHING),
  prompt: forbidden('the upstream keeps no prompts: send its text as `instructions` or `input`'),
  background: forbidden('the upstream answers while the client waits', anyOf(false)),
};

/** Content that becomes of the same at both other APIs. */
export const UNTRANSLATED_CONTENT: RuleTable = {
  'part: input_image.file_id': refused(KEPT_ELSEWHERE),
  'part: input_file.file_id': refused(KEPT_ELSEWHERE),
  'part of a system or assistant message: other': refused(TEXT_ONLY),
  'part: other': refused(UNKNOWN_CONTENT),
  'tool: web_search': dropped(OFFERED_SEARCH),
  'tool: web_search_preview': dropped(OFFERED_SEARCH),
  'tool: other': refused(HOSTED_TOOL),
  'tool_choice: other': refused(UNKNOWN_CHOICE),
  'text.format: other': refused(UNKNOWN_FORMAT),
};

/** Items that neither other API has. */
export const UNTRANSLATED_ITEMS: RuleTable = {
  'item: item_reference': forbidden(`${KEEPS_NOTHING}; with \`store: false\` SDKs send the items themselves`),
  'item: compaction': forbidden('only OpenAI can read what it stands for'),
  'item: compaction_trigger': refused('the upstream does not compact'),
  'item: configuration_update': refused('settings hold for the whole request'),
  'item: additional_tools': refused('tools hold for the whole request: send them as `tools`'),
  'item: web_search_call': dropped(OWN_TOOL),
  'item: file_search_call': dropped(OWN_TOOL),
  'item: computer_call': dropped(OWN_TOOL),
  'item: computer_call_output': dropped(OWN_TOOL),
  'item: code_interpreter_call': dropped(OWN_TOOL),
  'item: image_generation_call': dropped(OWN_TOOL),
  'item: local_shell_call': dropped(OWN_TOOL),
  'item: local_shell_call_output': dropped(OWN_TOOL),
  'item: shell_call': dropped(OWN_TOOL),
  'item: shell_call_output': dropped(OWN_TOOL),
  'item: apply_patch_call': dropped(OWN_TOOL),
  'item: apply_patch_call_output': dropped(OWN_TOOL),
  'item: tool_search_call': dropped(OWN_TOOL),
  'item: tool_search_output': dropped(OWN_TOOL),
  'item: mcp_list_tools': dropped(OWN_TOOL),
  'item: mcp_approval_request': dropped(OWN_TOOL),
  'item: mcp_approval_response': dropped(OWN_TOOL),
  'item: mcp_call': dropped(OWN_TOOL),
  'item: program': dropped(OWN_TOOL),
  'item: program_output': dropped(OWN_TOOL),
  'item: other': dropped('this kind of item is unknown'),
};
