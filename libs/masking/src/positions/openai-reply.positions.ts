import type { PositionTable } from './position-table';

/** Where tokens are restored in a reply to `POST /v1/chat/completions`; everything else is kept. */
export const OPENAI_REPLY = {
  root: '@reply',
  shapes: {
    reply: { fields: { choices: '@choice', error: 'text', message: 'text', detail: 'text' }, rest: 'keep' },
    choice: { fields: { message: '@message' }, rest: 'keep' },
    message: {
      fields: {
        content: '@part',
        refusal: 'text',
        reasoning_content: 'text',
        reasoning: 'text',
        tool_calls: '@toolCall',
        function_call: '@call',
        audio: '@audio',
      },
      rest: 'keep',
    },
    part: { fields: { text: 'text', refusal: 'text' }, rest: 'keep' },
    toolCall: { fields: { function: '@call', custom: '@customCall' }, rest: 'keep' },
    call: { fields: { arguments: 'json' }, rest: 'keep' },
    customCall: { fields: { input: 'text' }, rest: 'keep' },
    audio: { fields: { transcript: 'text' }, rest: 'keep' },
  },
} as const satisfies PositionTable;
