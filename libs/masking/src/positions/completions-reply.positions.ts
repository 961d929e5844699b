import type { PositionTable } from './position-table';

/** Where tokens are restored in a reply to `POST /v1/completions`; everything else is kept. */
export const COMPLETIONS_REPLY = {
  root: '@reply',
  shapes: {
    reply: {
      fields: { choices: '@choice', error: 'text', message: 'text', detail: 'text' },
      kept: { id: 'protocol', model: 'protocol', system_fingerprint: 'protocol' },
      rest: 'keep',
    },
    choice: { fields: { text: 'text' }, kept: { logprobs: 'pieces' }, rest: 'keep' },
  },
} as const satisfies PositionTable;
