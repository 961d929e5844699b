import type {
  BetaContentBlockParam,
  BetaImageBlockParam,
  BetaOutputConfig,
  BetaRequestDocumentBlock,
  BetaThinkingConfigParam,
  BetaToolChoice,
  BetaToolResultBlockParam,
  BetaToolUnion,
  MessageCreateParams as BetaParams,
} from '@anthropic-ai/sdk/resources/beta/messages/messages';
import type { MessageCreateParams } from '@anthropic-ai/sdk/resources/messages/messages';
import { MESSAGES_TO_CHAT_RULES } from '../messages-to-chat/messages-to-chat.rules';
import { MESSAGES_TO_RESPONSES_RULES } from '../messages-to-responses/messages-to-responses.rules';

// Typed by the official SDK: a field or kind that is new there fails the type check here until it has a rule.
type Listed<Name extends PropertyKey> = Record<Name, true>;
type Undated<Type> = Type extends `${infer Name}_2${string}` ? Name : Type;
type ResultBlock = Exclude<BetaToolResultBlockParam['content'], string | undefined>[number];

// Still part of the API, though no longer of the SDK's types.
type Sampling = 'temperature' | 'top_p' | 'top_k';
type Member = `output_config.${keyof BetaOutputConfig}` | 'metadata.user_id';

const FIELDS: Listed<keyof MessageCreateParams | keyof BetaParams | Sampling | Member> = {
  model: true,
  messages: true,
  system: true,
  max_tokens: true,
  stop_sequences: true,
  stream: true,
  temperature: true,
  top_p: true,
  top_k: true,
  tools: true,
  tool_choice: true,
  metadata: true,
  'metadata.user_id': true,
  thinking: true,
  output_config: true,
  'output_config.effort': true,
  'output_config.format': true,
  'output_config.task_budget': true,
  output_format: true,
  cache_control: true,
  service_tier: true,
  container: true,
  context_management: true,
  mcp_servers: true,
  inference_geo: true,
  diagnostics: true,
  speed: true,
  fallbacks: true,
  fallback_credit_token: true,
  billing_policy: true,
  user_profile_id: true,
  workspace_id: true,
  betas: true,
  compaction: true,
  thread: true,
};

const BLOCKS: Listed<(BetaContentBlockParam | ResultBlock)['type'] | 'any other'> = {
  text: true,
  image: true,
  document: true,
  search_result: true,
  thinking: true,
  redacted_thinking: true,
  tool_use: true,
  tool_result: true,
  tool_reference: true,
  browser_state: true,
  server_tool_use: true,
  web_search_tool_result: true,
  web_fetch_tool_result: true,
  code_execution_tool_result: true,
  bash_code_execution_tool_result: true,
  text_editor_code_execution_tool_result: true,
  tool_search_tool_result: true,
  advisor_tool_result: true,
  mcp_tool_use: true,
  mcp_tool_result: true,
  mcp_tool_listing: true,
  container_upload: true,
  compaction: true,
  tool_addition: true,
  tool_removal: true,
  fallback: true,
  'any other': true,
};

const IMAGE_SOURCES: Listed<BetaImageBlockParam['source']['type'] | 'any other'> = {
  base64: true,
  url: true,
  file: true,
  'any other': true,
};

const DOCUMENT_SOURCES: Listed<BetaRequestDocumentBlock['source']['type'] | 'any other'> = {
  base64: true,
  text: true,
  content: true,
  url: true,
  file: true,
  'any other': true,
};

const TOOLS: Listed<Undated<NonNullable<BetaToolUnion['type']>> | 'any other'> = {
  custom: true,
  bash: true,
  text_editor: true,
  computer: true,
  computer_toolset: true,
  browser_toolset: true,
  memory: true,
  code_execution: true,
  web_search: true,
  web_fetch: true,
  tool_search_tool_bm25: true,
  tool_search_tool_regex: true,
  advisor: true,
  mcp_toolset: true,
  'any other': true,
};

const CHOICES: Listed<BetaToolChoice['type'] | 'any other'> = {
  auto: true,
  any: true,
  tool: true,
  none: true,
  'any other': true,
};

const THINKING: Listed<BetaThinkingConfigParam['type'] | 'any other'> = {
  enabled: true,
  adaptive: true,
  between_tools: true,
  disabled: true,
  'any other': true,
};

const FORMATS: Listed<NonNullable<BetaOutputConfig['format']>['type'] | 'any other'> = {
  json_schema: true,
  'any other': true,
};

const GROUPS: Readonly<Record<string, object>> = {
  content: BLOCKS,
  'content of the assistant': { 'any other': true },
  'image source': IMAGE_SOURCES,
  'document source': DOCUMENT_SOURCES,
  tool: TOOLS,
  'tool choice': CHOICES,
  thinking: THINKING,
  'output format': FORMATS,
};

describe.each([
  ['chat', MESSAGES_TO_CHAT_RULES],
  ['Responses', MESSAGES_TO_RESPONSES_RULES],
])('rules from Messages to %s', (_, { fields, content }) => {
  it('name every field of the official request and no other', () => {
    expect(Object.keys(fields).sort()).toEqual(Object.keys(FIELDS).sort());
  });

  it('name every kind of content of the official request and no other', () => {
    const kinds = Object.entries(GROUPS).flatMap(([group, rows]) => Object.keys(rows).map((row) => `${group}: ${row}`));
    expect(Object.keys(content).sort()).toEqual(kinds.sort());
  });

  it('say why something does not arrive', () => {
    const rules = [...Object.values(fields), ...Object.values(content)];
    expect(rules.filter(({ fate, note }) => fate !== 'carried' && !note)).toEqual([]);
    expect(rules.filter(({ fate, to }) => fate === 'carried' && !to)).toEqual([]);
  });
});
