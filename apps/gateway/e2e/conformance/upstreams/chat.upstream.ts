import { openAiDeltaStream, openAiReply } from '@sallyport/testing';
import type { Counts } from '../counts';
import { DEFAULT_COUNTS, type Saying, type SayingCall } from '../saying';
import { readChatRequest } from './chat-request';
import type { UpstreamDialect } from './upstream-dialect';

/** An upstream that serves chat completions only. */
export const CHAT_UPSTREAM: UpstreamDialect = {
  dialect: 'openai-chat',
  path: '/v1/chat/completions',
  model: 'chat/gpt-4o',
  whole: (saying) => ({
    ...openAiReply(''),
    choices: [{ index: 0, message: messageOf(saying), logprobs: null, finish_reason: finishReason(saying) }],
    usage: usageOf(saying.counts),
  }),
  stream(saying, request) {
    const events = openAiDeltaStream(deltasOf(saying), finishReason(saying), usageOf(saying.counts));
    const { stream_options: options } = request as { stream_options?: { include_usage?: boolean } };
    return options?.include_usage === true ? events : events.filter((event) => !event.includes('"choices":[]'));
  },
  refusal: (message) => ({ error: { message, type: 'scripted', param: null, code: 'scripted' } }),
  errorEvent: (message) => `data: ${JSON.stringify({ error: { message, type: 'server_error' } })}\n\n`,
  read: readChatRequest,
};

function messageOf({ reasoning, text, calls }: Saying): object {
  return {
    role: 'assistant',
    content: text?.join('') ?? null,
    refusal: null,
    ...(reasoning !== undefined && { reasoning_content: reasoning.pieces.join('') }),
    ...(calls !== undefined && {
      tool_calls: calls.map((call) => ({
        id: call.id,
        type: 'function',
        function: { name: call.name, arguments: argumentPieces(call).join('') },
      })),
    }),
  };
}

function deltasOf({ reasoning, text, calls = [], mixed }: Saying): object[] {
  const perCall = calls.map(callDeltas);
  const length = Math.max(0, ...perCall.map((deltas) => deltas.length));
  const rounds = Array.from({ length }, (_, round) => perCall.flatMap((deltas) => deltas.slice(round, round + 1)));
  return [
    ...(reasoning?.pieces ?? []).map((piece) => ({ reasoning_content: piece })),
    ...(text ?? []).map((content) => ({ content })),
    ...(mixed === true ? rounds : perCall).flat(),
  ];
}

function callDeltas(call: SayingCall, index: number): object[] {
  const { id, name } = call;
  return [
    { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] },
    ...argumentPieces(call).map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
  ];
}

function argumentPieces({ pieces }: SayingCall): readonly string[] {
  return pieces.length === 0 ? ['{}'] : pieces;
}

function finishReason({ calls, cutShort }: Saying): string {
  if (cutShort === true) return 'length';
  return calls === undefined ? 'stop' : 'tool_calls';
}

function usageOf({ input, cached, output }: Counts = DEFAULT_COUNTS): object {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
  };
}
