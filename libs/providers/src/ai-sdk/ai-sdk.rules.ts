import { carried, dropped, forbidden, refused, type RuleTable } from '@sallyport/dialects';

const NOTHING_LIKE_IT = 'the vendors have no such parameter';

/**
 * What becomes of the fields of a chat request on its way to a vendor of the AI SDK. A field that is not listed is
 * dropped. What one model of a vendor cannot take is left out by its package and reported like what is dropped.
 */
export const AI_SDK_FIELDS: RuleTable = {
  model: carried('`modelId`'),
  messages: carried('`prompt`'),
  max_completion_tokens: carried('`maxOutputTokens`', 'wins over `max_tokens`'),
  max_tokens: carried('`maxOutputTokens`'),
  temperature: carried('`temperature`', 'Bedrock: what is above 1 becomes 1'),
  top_p: carried('`topP`'),
  top_k: carried('`topK`', 'extension'),
  stop: carried('`stopSequences`'),
  seed: carried('`seed`', 'Bedrock has none'),
  frequency_penalty: carried('`frequencyPenalty`', 'Bedrock has none'),
  presence_penalty: carried('`presencePenalty`', 'Bedrock has none'),
  stream: carried('`doStream`'),
  stream_options: carried('nothing', '`include_usage` is obeyed here'),
  tools: carried('`tools`', 'functions only'),
  tool_choice: carried('`toolChoice`'),
  functions: carried('`tools`', 'deprecated; ignored when there are `tools`'),
  function_call: carried('`toolChoice`', 'deprecated; ignored when there is a `tool_choice`'),
  parallel_tool_calls: carried('provider options', 'false: Claude on Bedrock; refused elsewhere'),
  response_format: carried('`responseFormat`', 'Bedrock: `json_object` becomes an instruction'),
  reasoning_effort: carried(
    'provider options',
    'Bedrock: Claude, Nova and OpenAI’s models; Vertex: Gemini from 2.5 on; Cohere: reasoning models; dropped elsewhere',
  ),
  n: forbidden('these vendors answer with one choice only', (value) => value === 1),
  web_search_options: refused(NOTHING_LIKE_IT),
  user: dropped(NOTHING_LIKE_IT),
  safety_identifier: dropped(NOTHING_LIKE_IT),
  metadata: dropped(NOTHING_LIKE_IT),
  logit_bias: dropped(NOTHING_LIKE_IT),
  logprobs: dropped(NOTHING_LIKE_IT),
  top_logprobs: dropped(NOTHING_LIKE_IT),
  store: dropped('nothing is kept'),
  service_tier: dropped('the tiers differ'),
  prediction: dropped('a matter of speed only'),
  modalities: dropped('the answer is text'),
  audio: dropped('the answer is text'),
  verbosity: dropped(NOTHING_LIKE_IT),
  prompt_cache_key: dropped(NOTHING_LIKE_IT),
};

/** What becomes of messages, parts, tools and formats on their way to a vendor of the AI SDK. */
export const AI_SDK_CONTENT: RuleTable = {
  'message: system': carried('role `system`', 'a later one becomes text of the user where the vendor wants that'),
  'message: developer': carried('role `system`'),
  'message: user': carried('role `user`'),
  'message: assistant': carried('role `assistant`'),
  'message: tool': carried('role `tool`', 'the results of one turn together'),
  'message: other': forbidden('the role is unknown'),
  'message.role': carried('`role`'),
  'message.content': carried('`content`'),
  'message.refusal': carried('text part'),
  'message.tool_calls': carried('tool-call parts'),
  'message.function_call': carried('tool-call part', 'deprecated'),
  'message.tool_call_id': carried('`toolCallId`'),
  'message.thinking_blocks': carried('reasoning parts', 'on Bedrock, with their signatures; left out elsewhere'),
  'part: text': carried('text part'),
  'part: refusal': carried('text part'),
  'part: image_url': carried('file part', 'data URL or address; Bedrock takes no addresses'),
  'part: file': carried('file part', 'data URL; Cohere takes texts only'),
  'part: file.file_id': refused('the file lies with another service; send its content as `file_data`'),
  'part: input_audio': carried('file part', 'Gemini only'),
  'part: other': refused('this kind of part is unknown'),
  'part of a text message: other': refused('instructions and results are text only'),
  'tool: function': carried('function tool'),
  'tool: other': refused('this kind of tool is unknown'),
  'tool_choice: other': refused('this kind of choice is unknown'),
  'response_format: other': refused('this kind of format is unknown'),
};
