import { anthropicBlockStream, anthropicReply, type ScriptedBlock } from '@sallyport/testing';
import type { Counts } from '../counts';
import { DEFAULT_COUNTS, type Saying } from '../saying';
import { readMessagesRequest } from './messages-request';
import type { UpstreamDialect } from './upstream-dialect';

/** An upstream that serves Anthropic's Messages API only. */
export const MESSAGES_UPSTREAM: UpstreamDialect = {
  dialect: 'anthropic-messages',
  path: '/v1/messages',
  model: 'messages/claude-sonnet-4-5',
  whole: (saying) => ({
    ...anthropicReply(''),
    content: contentOf(saying),
    stop_reason: stopReason(saying),
    usage: { ...inputUsage(saying.counts), output_tokens: (saying.counts ?? DEFAULT_COUNTS).output },
  }),
  stream: (saying) =>
    anthropicBlockStream(
      blocksOf(saying),
      stopReason(saying),
      inputUsage(saying.counts),
      (saying.counts ?? DEFAULT_COUNTS).output,
    ),
  refusal: (message) => ({ type: 'error', error: { type: 'scripted', message }, request_id: 'req_scripted' }),
  errorEvent: (message) =>
    `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: 'api_error', message } })}\n\n`,
  read: readMessagesRequest,
};

function contentOf({ reasoning, text, calls = [] }: Saying): object[] {
  return [
    ...(reasoning === undefined
      ? []
      : [{ type: 'thinking', thinking: reasoning.pieces.join(''), signature: reasoning.proof }]),
    ...(text === undefined ? [] : [{ type: 'text', text: text.join('') }]),
    ...calls.map(({ id, name, pieces }) => ({
      type: 'tool_use',
      id,
      name,
      input: JSON.parse(pieces.join('') || '{}') as unknown,
    })),
  ];
}

function blocksOf({ reasoning, text, calls = [] }: Saying): ScriptedBlock[] {
  return [
    ...(reasoning === undefined ? [] : [thinkingBlock(reasoning)]),
    ...(text === undefined
      ? []
      : [{ start: { type: 'text', text: '' }, deltas: text.map((piece) => ({ type: 'text_delta', text: piece })) }]),
    ...calls.map(({ id, name, pieces }) => ({
      start: { type: 'tool_use', id, name, input: {} },
      deltas: pieces.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
    })),
  ];
}

function thinkingBlock({ pieces, proof }: NonNullable<Saying['reasoning']>): ScriptedBlock {
  return {
    start: { type: 'thinking', thinking: '', signature: '' },
    deltas: [
      ...pieces.map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature: proof },
    ],
  };
}

function stopReason({ calls, cutShort }: Saying): string {
  if (cutShort === true) return 'max_tokens';
  return calls === undefined ? 'end_turn' : 'tool_use';
}

function inputUsage({ input, cached }: Counts = DEFAULT_COUNTS): object {
  return { input_tokens: input - cached, cache_creation_input_tokens: 0, cache_read_input_tokens: cached };
}
