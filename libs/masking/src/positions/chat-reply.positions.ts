import type { PositionTable } from './position-table';

/** Where tokens are restored in a reply to `POST /v1/chat/completions`; everything else is kept. */
export const CHAT_REPLY = {
  root: '@reply',
  shapes: {
    reply: {
      fields: { choices: '@choice', metadata: 'data', error: 'text', message: 'text', detail: 'text' },
      kept: { id: 'protocol', model: 'protocol', system_fingerprint: 'protocol', moderation: 'protocol' },
      rest: 'keep',
    },
    choice: { fields: { message: '@message' }, kept: { logprobs: 'pieces' }, rest: 'keep' },
    message: {
      fields: {
        content: '@part',
        refusal: 'text',
        reasoning_content: 'text',
        reasoning: 'text',
        tool_calls: '@toolCall',
        function_call: '@call',
        annotations: '@annotation',
        audio: '@audio',
      },
      kept: { reasoning_details: 'signed', thinking_blocks: 'signed', extra_content: 'signed' },
      rest: 'keep',
    },
    part: { fields: { text: 'text', refusal: 'text' }, rest: 'keep' },
    toolCall: {
      fields: { function: '@call', custom: '@customCall' },
      kept: { id: 'protocol', extra_content: 'signed' },
      rest: 'keep',
    },
    call: { fields: { name: 'text', arguments: 'json' }, rest: 'keep' },
    customCall: { fields: { name: 'text', input: 'text' }, rest: 'keep' },
    annotation: { fields: { url_citation: '@urlCitation' }, rest: 'keep' },
    urlCitation: { fields: { title: 'text' }, kept: { url: 'server' }, rest: 'keep' },
    audio: { fields: { transcript: 'text' }, kept: { id: 'protocol', data: 'media' }, rest: 'keep' },
  },
} as const satisfies PositionTable;
