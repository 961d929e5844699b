import { ANTHROPIC_ONLY_CONTENT, sharedFields } from '../from-messages/messages-rules';
import { anything } from '../harmless-values';
import { FOREIGN_REASONING } from '../reasons';
import { carried, dropped, refused, type PairRules } from '../translation-rules';

/** What becomes of a Messages request at an upstream that speaks chat completions. */
export const MESSAGES_TO_CHAT_RULES: PairRules = {
  client: 'anthropic-messages',
  upstream: 'openai-chat',
  fields: {
    ...sharedFields({ effort: 'reasoning_effort', format: 'response_format' }),
    messages: carried('messages'),
    system: carried(
      'messages',
      'the first message; blocks are joined with a blank line; role `developer` for OpenAI’s reasoning models',
    ),
    max_tokens: carried('max_tokens', 'or `max_completion_tokens`, as the upstream wants it'),
    stop_sequences: carried('stop', 'more than four are refused, or cut to four with `drop_params`'),
    stream: carried('stream', 'with `stream_options.include_usage` where the upstream takes it'),
    top_k: carried('top_k', 'only where the upstream takes it, dropped elsewhere'),
    tools: carried('tools', 'an empty list is left out'),
    tool_choice: carried('tool_choice', 'left out when no tools remain'),
  },
  content: {
    ...ANTHROPIC_ONLY_CONTENT,
    'content: text': carried('text', 'citations are left out'),
    'content: image': carried('image_url', 'inside a tool result: in the user message behind the tool messages'),
    'content: document': carried('file', 'or its text; placed as images are; citations are left out'),
    'content: search_result': carried('text', 'title, source and texts, a line each'),
    'content: tool_use': carried('tool_calls', 'in one message with the text; ids of other forms are rewritten'),
    'content: tool_result': carried(
      'role `tool`',
      'directly behind the calls; texts are joined by line breaks; `is_error` becomes `Error: …`',
    ),
    'content: tool_reference': carried('text', 'the name of the tool'),
    'content: thinking': carried('reasoning_content', 'only where the upstream reads it, dropped elsewhere'),
    'content: redacted_thinking': dropped(FOREIGN_REASONING, anything),
    'content: compaction': carried('text', 'the summary'),

    'image source: base64': carried('image_url.url', 'as a data URL'),
    'image source: url': carried('image_url.url'),
    'document source: base64': carried('file.file_data', 'as a data URL, named by the title or `document.pdf`'),
    'document source: text': carried('text', 'without the title'),
    'document source: content': carried('text, image_url', 'without the title'),
    'document source: url': refused('a file has to come with the request'),

    'tool: custom': carried('function', 'name, description, `strict` and the whole schema'),
    'tool choice: auto': carried('auto', '`disable_parallel_tool_use` becomes `parallel_tool_calls: false`'),
    'tool choice: any': carried('required', '`disable_parallel_tool_use` as with `auto`'),
    'tool choice: tool': carried('function', '`disable_parallel_tool_use` as with `auto`'),
    'tool choice: none': carried('none'),
    'thinking: enabled': carried(
      'reasoning_effort',
      '`high` from 10000 tokens, `medium` from 5000, `low` from 2000, else `minimal`',
    ),
    'output format: json_schema': carried('response_format.json_schema'),
  },
};
