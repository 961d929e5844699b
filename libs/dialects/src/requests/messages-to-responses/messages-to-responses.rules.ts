import { ANTHROPIC_ONLY_CONTENT, sharedFields } from '../from-messages/messages-rules';
import { empty } from '../harmless-values';
import { NO_COUNTERPART } from '../reasons';
import { carried, dropped, refused, type PairRules } from '../translation-rules';

const OWN_REASONING = 'reasoning of this upstream comes back as it was, any other is dropped';

/** What becomes of a Messages request at an upstream that speaks Responses. Nothing is stored there. */
export const MESSAGES_TO_RESPONSES_RULES: PairRules = {
  client: 'anthropic-messages',
  upstream: 'openai-responses',
  fields: {
    ...sharedFields({ effort: 'reasoning.effort', format: 'text.format' }),
    messages: carried('input'),
    system: carried('instructions', 'blocks are joined with a blank line'),
    max_tokens: carried('max_output_tokens'),
    stop_sequences: refused('it has no stop sequences', empty),
    stream: carried('stream'),
    top_k: dropped(NO_COUNTERPART),
    tools: carried('tools', 'an empty list is left out'),
    tool_choice: carried('tool_choice', 'left out when no tools remain'),
  },
  content: {
    ...ANTHROPIC_ONLY_CONTENT,
    'content: text': carried('input_text, output_text', 'citations are left out'),
    'content: image': carried('input_image', 'inside a tool result too'),
    'content: document': carried('input_file', 'or its text; inside a tool result too; citations are left out'),
    'content: search_result': carried('input_text', 'title, source and texts, a line each'),
    'content: tool_use': carried('function_call', 'ids of other forms are rewritten'),
    'content: tool_result': carried('function_call_output', '`is_error` becomes `Error: …`'),
    'content: tool_reference': carried('input_text', 'the name of the tool'),
    'content: thinking': carried('reasoning', OWN_REASONING),
    'content: redacted_thinking': carried('reasoning', OWN_REASONING),
    'content: compaction': carried('input_text, output_text', 'the summary'),

    'image source: base64': carried('image_url', 'as a data URL'),
    'image source: url': carried('image_url'),
    'document source: base64': carried('file_data', 'as a data URL, named by the title or `document.pdf`'),
    'document source: text': carried('input_text', 'without the title'),
    'document source: content': carried('input_text, input_image', 'without the title'),
    'document source: url': carried('file_url'),

    'tool: custom': carried('function', 'name, description, `strict` (false when absent) and the whole schema'),
    'tool choice: auto': carried('auto', '`disable_parallel_tool_use` becomes `parallel_tool_calls: false`'),
    'tool choice: any': carried('required', '`disable_parallel_tool_use` as with `auto`'),
    'tool choice: tool': carried('function', '`disable_parallel_tool_use` as with `auto`'),
    'tool choice: none': carried('none'),
    'thinking: enabled': carried(
      'reasoning.effort',
      '`high` from 10000 tokens, `medium` from 5000, `low` from 2000, else `minimal`',
    ),
    'output format: json_schema': carried('text.format'),
  },
};
