import { CHAT_ONLY_CONTENT, CHAT_ONLY_FIELDS } from '../from-chat/chat-only.rules';
import { anyOf, empty } from '../harmless-values';
import { KEPT_ELSEWHERE, NO_AUDIO, NO_COUNTERPART, NO_MODERATION, TEXT_ONLY, TIERS_DIFFER } from '../reasons';
import { EFFORT_RULES } from '../to-messages/effort.rules';
import { carried, dropped, refused, type PairRules } from '../translation-rules';

const OBJECTS_ONLY = 'Claude’s tools take JSON objects only';
const SEE_CACHE_CONTROL = 'see `cache_control`';

/** From OpenAI's chat completions to Anthropic's Messages. */
export const CHAT_TO_MESSAGES_RULES: PairRules = {
  client: 'openai-chat',
  upstream: 'anthropic-messages',
  fields: {
    model: carried('`model`'),
    messages: carried('`system` and `messages`', 'neighbours of one role become one turn; empty texts are left out'),
    max_completion_tokens: carried(
      '`max_tokens`',
      'wins over `max_tokens`; a default of the upstream when both are absent',
    ),
    max_tokens: carried('`max_tokens`'),
    temperature: carried(
      '`temperature`',
      'what is above 1 becomes 1; left out with thinking, unless it is 1, and with `drop_params` for models from 4.7 on, which refuse it',
    ),
    top_p: carried('`top_p`', 'left out with thinking when it is below 0.95, and like `temperature`'),
    top_k: carried('`top_k`', 'extension; left out with thinking, and like `temperature`'),
    stop: carried('`stop_sequences`', 'entries of white space only are left out'),
    stream: carried('`stream`'),
    tools: carried('`tools`', 'an empty list is left out'),
    tool_choice: carried('`tool_choice`', 'left out when there are no tools'),
    parallel_tool_calls: carried(
      '`tool_choice.disable_parallel_tool_use`',
      'the inverse; left out when there are no tools',
    ),
    functions: carried('`tools`', 'deprecated; ignored when there are `tools`'),
    function_call: carried('`tool_choice`', 'deprecated; ignored when there is a `tool_choice`'),
    response_format: carried(
      '`output_config.format`',
      'older models get a tool that they must call, whose input is turned back into text, or an instruction',
    ),
    reasoning_effort: carried(
      '`thinking`, `output_config.effort`',
      'a budget up to Claude 4.5 (`max_tokens` is raised above it), adaptive thinking from 4.6 on; left out when a tool is ' +
        'forced, when the last turn is the assistant’s, or when tool results follow a turn that came without `thinking_blocks`',
    ),
    thinking: carried('`thinking`', 'extension; left out in the same cases as `reasoning_effort`'),
    cache_control: carried('`cache_control`', 'extension; also on messages, parts and tools'),
    user: carried('`metadata.user_id`', 'a digest of it when it has more than 256 characters'),
    safety_identifier: carried('`metadata.user_id`', 'when there is no `user`'),
    metadata: dropped('Anthropic’s `metadata` is something else', empty),
    moderation: refused(NO_MODERATION),
    verbosity: dropped(NO_COUNTERPART, anyOf('medium')),
    service_tier: dropped(TIERS_DIFFER, anyOf('auto', 'default')),
    prompt_cache_key: dropped(SEE_CACHE_CONTROL),
    prompt_cache_options: dropped(SEE_CACHE_CONTROL),
    prompt_cache_retention: dropped(SEE_CACHE_CONTROL),
    ...CHAT_ONLY_FIELDS,
  },
  content: {
    'message: system': carried(
      '`system`',
      'wherever it stands; when there is nothing else, the last one is what the user says',
    ),
    'message: developer': carried('`system`', 'like `system`'),
    'message: user': carried('turn of the user'),
    'message: assistant': carried('turn of the assistant', 'white space at the end of a last turn is cut off'),
    'message: tool': carried('`tool_result`', 'the results of one turn together, before any text'),
    'message: function': carried('`tool_result`', 'deprecated; answers the last `function_call`'),
    ...CHAT_ONLY_CONTENT,
    'message.tool_calls': carried('`tool_use`'),
    'message.tool_call_id': carried('`tool_use_id`', 'ids with other characters than `a-zA-Z0-9_-` are rewritten'),
    'message.function_call': carried('`tool_use`', 'deprecated; gets an id of its place'),
    'message.refusal': carried('`text`'),
    'message.thinking_blocks': carried(
      '`thinking`, `redacted_thinking`',
      'unchanged; those without a signature are left out',
    ),
    'message.cache_control': carried('`cache_control`', 'of the last block'),
    'part: text': carried('`text`'),
    'part: refusal': carried('`text`'),
    'part: image_url': carried(
      '`image`',
      'JPEG, PNG, GIF, WebP as data URL, or an address; a PDF becomes a `document`',
    ),
    'part: image_url.detail': dropped('Claude has one level of detail', anyOf('auto')),
    'part: file': carried('`document`', 'PDF or plain text as data URL; an image becomes an `image`'),
    'part: file.file_id': refused(KEPT_ELSEWHERE),
    'part: input_audio': refused(NO_AUDIO),
    'part: prompt_cache_breakpoint': dropped(SEE_CACHE_CONTROL),
    'part of a system message: other': refused(TEXT_ONLY),
    'tool call: function': carried('`tool_use`', 'arguments that are no JSON object are refused; none become `{}`'),
    'tool call: custom': carried('`tool_use`', 'the text becomes `input.input`'),
    'tool: function': carried(
      'tool with `input_schema`',
      'the schema stays whole; without one it is an empty object. History that has calls without any `tools` gets ' +
        'definitions by name, and a `tool_choice` of `none`',
    ),
    'tool: function.strict': carried('`strict`', 'older models know no such thing'),
    'tool: custom': refused(OBJECTS_ONLY),
    'tool_choice: auto': carried('`auto`'),
    'tool_choice: none': carried('`none`', 'the tools stay'),
    'tool_choice: required': carried('`any`'),
    'tool_choice: function': carried('`tool`'),
    'tool_choice: allowed_tools': carried('`auto` or `any`', 'the other tools are left out'),
    'tool_choice: custom': refused(OBJECTS_ONLY),
    'response_format: text': carried('nothing'),
    'response_format: json_object': carried('`system`', 'an instruction'),
    'response_format: json_schema': carried(
      '`output_config.format`',
      'keywords that Anthropic does not enforce, such as `minimum` and `pattern`, move into the description; objects are ' +
        'closed (`additionalProperties: false`)',
    ),
    ...EFFORT_RULES,
  },
};
