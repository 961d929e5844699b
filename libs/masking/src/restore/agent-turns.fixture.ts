import { anthropicBlockStream, openAiDeltaStream, responsesItemStream } from '@sallyport/testing';
import type { MaskedEndpoint } from '../positions/masked-endpoint';
import { dataOf, pieces, type Json } from './streams.fixture';

/** What a model writes in one turn. */
export interface Written {
  readonly thinking: string;
  readonly text: string;
  /** Arguments of a tool call, as JSON. */
  readonly args: string;
  readonly callId: string;
}

/** How an agent speaks with a model in one dialect. */
export interface AgentDialect {
  readonly endpoint: MaskedEndpoint;
  /** Name of the member that holds the conversation. */
  readonly list: string;
  /** What the client sends first. */
  user(text: string): Json[];
  /** The stream of a turn. */
  stream(written: Written): string;
  /** What the client keeps of a stream. */
  collect(bytes: Uint8Array): Json[];
  toolResult(callId: string, text: string): Json[];
}

const deltasOf = (data: readonly Json[], type: string, member: string): string =>
  data
    .flatMap((event) => ('delta' in event ? [event['delta'] as Json] : []))
    .filter((delta) => delta['type'] === type)
    .map((delta) => delta[member])
    .join('');

const ANTHROPIC: AgentDialect = {
  endpoint: 'anthropic-messages',
  list: 'messages',
  user: (content) => [{ role: 'user', content }],
  stream: ({ thinking, text, args, callId }) =>
    anthropicBlockStream(
      [
        {
          start: { type: 'thinking', thinking: '', signature: '' },
          deltas: [
            ...pieces(thinking).map((part) => ({ type: 'thinking_delta', thinking: part })),
            { type: 'signature_delta', signature: 's' },
          ],
        },
        { start: { type: 'text', text: '' }, deltas: pieces(text).map((part) => ({ type: 'text_delta', text: part })) },
        {
          start: { type: 'tool_use', id: callId, name: 'run', input: {} },
          deltas: pieces(args).map((part) => ({ type: 'input_json_delta', partial_json: part })),
        },
      ],
      'tool_use',
    ).join(''),
  collect: (bytes) => {
    const data = dataOf(bytes);
    const tool = data
      .flatMap((event) => ('content_block' in event ? [event['content_block'] as Json] : []))
      .find(({ type }) => type === 'tool_use');
    return [
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: deltasOf(data, 'thinking_delta', 'thinking'), signature: 's' },
          { type: 'text', text: deltasOf(data, 'text_delta', 'text') },
          { ...tool, input: JSON.parse(deltasOf(data, 'input_json_delta', 'partial_json')) as unknown },
        ],
      },
    ];
  },
  toolResult: (tool_use_id, content) => [{ role: 'user', content: [{ type: 'tool_result', tool_use_id, content }] }],
};

const CHAT: AgentDialect = {
  endpoint: 'openai-chat',
  list: 'messages',
  user: (content) => [{ role: 'user', content }],
  stream: ({ thinking, text, args, callId }) =>
    openAiDeltaStream(
      [
        ...pieces(thinking).map((reasoning_content) => ({ reasoning_content })),
        ...pieces(text).map((content) => ({ content })),
        { tool_calls: [{ index: 0, id: callId, type: 'function', function: { name: 'run', arguments: '' } }] },
        ...pieces(args).map((part) => ({ tool_calls: [{ index: 0, function: { arguments: part } }] })),
      ],
      'tool_calls',
    ).join(''),
  collect: (bytes) => {
    const deltas = dataOf(bytes).flatMap(({ choices }) => (choices as { delta: Json }[]).map(({ delta }) => delta));
    const join = (name: string): string => deltas.map((delta) => (delta[name] as string | undefined) ?? '').join('');
    const calls = deltas.flatMap(
      ({ tool_calls }) => (tool_calls as { id?: string; function: Json }[] | undefined) ?? [],
    );
    const args = calls.map((call) => call.function['arguments']).join('');
    const call = { id: calls[0]?.id, type: 'function', function: { name: 'run', arguments: args } };
    return [
      { role: 'assistant', content: join('content'), reasoning_content: join('reasoning_content'), tool_calls: [call] },
    ];
  },
  toolResult: (tool_call_id, content) => [{ role: 'tool', tool_call_id, content }],
};

const RESPONSES: AgentDialect = {
  endpoint: 'openai-responses',
  list: 'input',
  user: (content) => [{ role: 'user', content }],
  stream: ({ thinking, text, args, callId }) =>
    responsesItemStream([
      { type: 'reasoning', parts: pieces(thinking), encrypted: 'sealed' },
      { type: 'text', parts: pieces(text) },
      { type: 'call', callId, name: 'run', parts: pieces(args) },
    ]).join(''),
  collect: (bytes) => (dataOf(bytes).at(-1)?.['response'] as { output: Json[] }).output,
  toolResult: (call_id, output) => [{ type: 'function_call_output', call_id, output }],
};

export const AGENT_DIALECTS = [ANTHROPIC, CHAT, RESPONSES];
