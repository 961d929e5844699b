import type { PositionTable } from './position-table';

/**
 * Where tokens are restored in a reply to `POST /v1/messages`. Everything else is kept: thinking is signed, and the
 * calls and results of tools that the provider runs come back to it in the next request.
 */
export const ANTHROPIC_REPLY = {
  root: '@reply',
  shapes: {
    reply: {
      fields: { content: '@block', stop_sequence: 'text', error: 'text', message: 'text', detail: 'text' },
      rest: 'keep',
    },
    block: { types: { text: '@text', tool_use: '@toolUse' }, rest: 'keep' },
    text: { fields: { text: 'text', citations: '@citation' }, rest: 'keep' },
    citation: { fields: { cited_text: 'text', document_title: 'text', title: 'text', source: 'text' }, rest: 'keep' },
    toolUse: { fields: { input: 'data' }, rest: 'keep' },
  },
} as const satisfies PositionTable;
