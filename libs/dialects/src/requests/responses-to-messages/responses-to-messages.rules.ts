import {
  STATELESS_FIELDS,
  UNTRANSLATED_CONTENT,
  UNTRANSLATED_FIELDS,
  UNTRANSLATED_ITEMS,
} from '../from-responses/untranslated.rules';
import { anyOf } from '../harmless-values';
import { NO_AUDIO, NO_COUNTERPART } from '../reasons';
import { EFFORT_RULES } from '../to-messages/effort.rules';
import { carried, dropped, refused, type PairRules } from '../translation-rules';

/** From OpenAI's Responses to Anthropic's Messages. */
export const RESPONSES_TO_MESSAGES_RULES: PairRules = {
  client: 'openai-responses',
  upstream: 'anthropic-messages',
  fields: {
    model: carried('`model`'),
    instructions: carried('`system`', 'before the messages of developers'),
    input: carried('`system` and `messages`', 'neighbours of one role become one turn; empty texts are left out'),
    max_output_tokens: carried('`max_tokens`', 'a default of the upstream when it is absent'),
    temperature: carried('`temperature`', 'what is above 1 becomes 1; left out with thinking, unless it is 1'),
    top_p: carried('`top_p`', 'left out with thinking when it is below 0.95'),
    stream: carried('`stream`'),
    tools: carried('`tools`', 'an empty list is left out'),
    tool_choice: carried('`tool_choice`', 'left out when there are no tools'),
    parallel_tool_calls: carried(
      '`tool_choice.disable_parallel_tool_use`',
      'the inverse; left out when there are no tools',
    ),
    text: carried('see its members'),
    'text.format': carried(
      '`output_config.format`',
      'older models get a tool that they must call, whose input is turned back into text, or an instruction',
    ),
    'text.verbosity': dropped(NO_COUNTERPART, anyOf('medium')),
    reasoning: carried('see its members'),
    'reasoning.effort': carried(
      '`thinking`, `output_config.effort`',
      'a budget up to Claude 4.5 (`max_tokens` is raised above it), adaptive thinking from 4.6 on; left out when a tool ' +
        'is forced, when the last turn is the assistant’s, or when tool results follow a turn that came without signed ' +
        'reasoning',
    ),
    'reasoning.summary': carried('`thinking.display`', '`summarized`, for models that think adaptively'),
    'reasoning.generate_summary': dropped('as `reasoning.summary`'),
    'reasoning.context': dropped('see `item: reasoning`'),
    'reasoning.mode': dropped('Anthropic knows one mode'),
    user: carried('`metadata.user_id`', 'a digest of it when it has more than 256 characters'),
    safety_identifier: carried('`metadata.user_id`', 'when there is no `user`'),
    ...UNTRANSLATED_FIELDS,
    ...STATELESS_FIELDS,
  },
  content: {
    'item: message': carried(
      'turn of the user or the assistant, `system`',
      'an item without a `type` is one; the texts of roles `system` and `developer` go to `system`, wherever they stand',
    ),
    'item: function_call': carried('`tool_use`', 'in the turn of the text before it; arguments must be a JSON object'),
    'item: function_call_output': carried('`tool_result`', 'directly behind its call, before any text'),
    'item: custom_tool_call': carried('`tool_use`', 'input `{"input": …}`'),
    'item: custom_tool_call_output': carried('`tool_result`', 'as `function_call_output`'),
    'item: reasoning': carried(
      '`thinking`, `redacted_thinking`',
      'unchanged and first in its turn, when `encrypted_content` holds what an Anthropic upstream signed; else left out',
    ),
    ...UNTRANSLATED_ITEMS,
    ...UNTRANSLATED_CONTENT,
    'part: input_text': carried('`text`'),
    'part: output_text': carried('`text`'),
    'part: refusal': carried('`text`'),
    'part: input_image': carried(
      '`image`',
      'JPEG, PNG, GIF, WebP as data URL, or an address; a PDF becomes a `document`',
    ),
    'part: input_image.detail': dropped('Claude has one level of detail', anyOf('auto')),
    'part: input_file.file_data': carried('`document`', 'PDF or plain text; an image becomes an `image`'),
    'part: input_file.file_url': carried('`document`', 'a PDF that the upstream fetches'),
    'part: input_audio': refused(NO_AUDIO),
    'tool: function': carried(
      'tool with `input_schema`',
      'the schema stays whole; without one it is an empty object; `strict` is left out for models that do not know it',
    ),
    'tool: custom': carried(
      'tool with one text, `input`',
      'its calls come back as `custom_tool_call`; a grammar is told in the description of `input`',
    ),
    'tool_choice: function': carried('`tool`', '`required` becomes `any`; `auto` and `none` stay'),
    'tool_choice: custom': carried('`tool`'),
    'tool_choice: allowed_tools': carried('`auto` or `any`', 'the other tools are left out'),
    ...EFFORT_RULES,
    'text.format: text': carried('nothing'),
    'text.format: json_object': carried('`system`', 'an instruction'),
    'text.format: json_schema': carried(
      '`output_config.format`',
      'keywords that Anthropic does not enforce, such as `minimum` and `pattern`, move into the description; objects ' +
        'are closed (`additionalProperties: false`)',
    ),
  },
};
