import { responsesItemReply, responsesItemStream, type ScriptedItem } from '@sallyport/testing';
import type { Counts } from '../counts';
import { DEFAULT_COUNTS, type Saying } from '../saying';
import { readResponsesRequest } from './responses-request';
import type { UpstreamDialect } from './upstream-dialect';

const CUT_SHORT = 'max_output_tokens';

/** An upstream that serves OpenAI's Responses API only. */
export const RESPONSES_UPSTREAM: UpstreamDialect = {
  dialect: 'openai-responses',
  path: '/v1/responses',
  model: 'responses/gpt-4o',
  whole: (saying) => ({
    ...responsesItemReply(itemsOf(saying), usageOf(saying.counts)),
    ...(saying.cutShort === true && { status: 'incomplete', incomplete_details: { reason: CUT_SHORT } }),
  }),
  stream: (saying) =>
    responsesItemStream(itemsOf(saying), saying.cutShort === true ? CUT_SHORT : undefined, usageOf(saying.counts)),
  refusal: (message) => ({ error: { message, type: 'scripted', param: null, code: 'scripted' } }),
  errorEvent(message, events) {
    const error = { type: 'server_error', code: 'server_error', message, param: null };
    return `event: error\ndata: ${JSON.stringify({ type: 'error', sequence_number: events, error })}\n\n`;
  },
  read: readResponsesRequest,
};

function itemsOf({ reasoning, text, calls = [] }: Saying): ScriptedItem[] {
  return [
    ...(reasoning === undefined
      ? []
      : [{ type: 'reasoning' as const, parts: reasoning.pieces, encrypted: reasoning.proof }]),
    ...(text === undefined ? [] : [{ type: 'text' as const, parts: text }]),
    ...calls.map(({ id, name, pieces }) => ({
      type: 'call' as const,
      callId: id,
      name,
      parts: pieces.length === 0 ? ['{}'] : pieces,
    })),
  ];
}

function usageOf({ input, cached, output }: Counts = DEFAULT_COUNTS): object {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
}
