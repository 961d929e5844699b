import {
  carried,
  dropped,
  forbidden,
  refused,
  SPEED_ONLY,
  TIERS_DIFFER,
  UNKNOWN_CONTENT,
  type RuleTable,
} from '@sallyport/dialects';

const NOTHING_LIKE_IT = 'LaaS has no such parameter';
const NO_TOOLS = 'LaaS API does not support tool calls';

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** What becomes of the fields of a chat request on its way to LaaS. A field that is not listed is dropped. */
export const LAAS_FIELDS: RuleTable = {
  model: carried(
    'nothing',
    'the preset decides, or `laas_model` of the deployment; the reply repeats the requested name',
  ),
  messages: carried('`messages`', 'appended to those of the preset'),
  hash: carried('`hash`', 'extension: the preset, in place of the configured one'),
  params: carried('`params`', 'extension: template variables, in front of the configured ones'),
  userId: carried('`userId`', 'extension: for presets with MCP tools'),
  temperature: carried('`temperature`'),
  top_p: carried('`top_p`'),
  max_completion_tokens: carried('`max_tokens`', 'wins over `max_tokens`'),
  max_tokens: carried('`max_tokens`'),
  frequency_penalty: carried('`frequency_penalty`'),
  presence_penalty: carried('`presence_penalty`'),
  service_type: carried('`service_type`', 'extension, in place of the configured one'),
  response_format: carried('`response_format`', '`text` and `json_object`; `json_schema` is refused'),
  stream: carried('`stream`', 'only with `stream_native`; else the whole reply is cut into pieces'),
  stream_options: carried('nothing', '`include_usage` is obeyed here'),
  tools: refused(NO_TOOLS, isEmpty),
  tool_choice: refused(NO_TOOLS, (value) => value === 'none' || value === 'auto'),
  functions: refused(NO_TOOLS, isEmpty),
  function_call: refused(NO_TOOLS, (value) => value === 'none' || value === 'auto'),
  parallel_tool_calls: dropped('there are no tools'),
  n: forbidden('LaaS answers with one choice only', (value) => value === 1),
  stop: refused(NOTHING_LIKE_IT, isEmpty),
  web_search_options: refused(NOTHING_LIKE_IT),
  reasoning_effort: dropped(NOTHING_LIKE_IT),
  seed: dropped(NOTHING_LIKE_IT),
  logit_bias: dropped(NOTHING_LIKE_IT),
  logprobs: dropped(NOTHING_LIKE_IT),
  top_logprobs: dropped(NOTHING_LIKE_IT),
  top_k: dropped(NOTHING_LIKE_IT),
  user: dropped(NOTHING_LIKE_IT),
  safety_identifier: dropped(NOTHING_LIKE_IT),
  metadata: dropped(NOTHING_LIKE_IT),
  store: dropped('nothing is kept'),
  service_tier: dropped(TIERS_DIFFER),
  prediction: dropped(SPEED_ONLY),
  modalities: dropped('the answer is text'),
  audio: dropped('the answer is text'),
  verbosity: dropped(NOTHING_LIKE_IT),
  prompt_cache_key: dropped(NOTHING_LIKE_IT),
};

/** What becomes of the parts of a chat message on their way to LaaS. */
export const LAAS_CONTENT: RuleTable = {
  text: carried('`text`', 'a plain string becomes one such part'),
  refusal: carried('`text`'),
  image_url: carried('`image_url`', 'JPEG or PNG as data URL, or an address; a PDF becomes a `document`'),
  file: carried('`document`', 'PDF as data URL; an image becomes an `image_url`'),
  document: carried('`document`', 'LaaS’s own part: PDF as data URL'),
  input_audio: refused('LaaS does not listen'),
  other: refused(UNKNOWN_CONTENT),
};
