import {
  anthropicBlockStream,
  openAiDeltaStream,
  openAiReply,
  responsesItemReply,
  responsesItemStream,
  type RecordedRequest,
  type ScriptedReply,
} from '@sallyport/testing';
import { TOKEN } from './planted';

const piecesOf = (text: string): string[] => text.match(/[^]{1,7}/gu) ?? [];

/**
 * An upstream that says back every token that it was sent: in its text, and in the arguments of a call of a tool, plain
 * and as JSON inside JSON. A stream comes in pieces of a few characters.
 */
export function echo(request: RecordedRequest): ScriptedReply {
  const body = request.body.toString('utf8');
  const tokens = Array.from(new Set(body.match(TOKEN) ?? []));
  const text = `값 ${tokens.join(' ')}.`;
  const args = JSON.stringify({ note: text, list: tokens, inner: JSON.stringify({ tokens }) });
  const stream = /"stream":true/.test(body);
  if (request.path.includes('/messages')) return stream ? messageStream(text, args) : message(text, args);
  if (request.path.includes('/responses')) return stream ? responseStream(text, args) : response(text, args);
  if (request.path.includes('/chat/')) return stream ? chatStream(text, args) : chat(text, args);
  return stream ? completionStream(text) : { body: completion(text) };
}

function message(text: string, args: string): ScriptedReply {
  const content = [
    { type: 'text', text },
    { type: 'tool_use', id: 'toolu_1', name: 'note_down', input: JSON.parse(args) as object },
  ];
  const head = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', stop_sequence: null };
  return { body: { ...head, content, stop_reason: 'tool_use', usage: { input_tokens: 1, output_tokens: 1 } } };
}

function messageStream(text: string, args: string): ScriptedReply {
  const words = {
    start: { type: 'text', text: '' },
    deltas: piecesOf(text).map((part) => ({ type: 'text_delta', text: part })),
  };
  const start = { type: 'tool_use', id: 'toolu_1', name: 'note_down', input: {} };
  const deltas = piecesOf(args).map((part) => ({ type: 'input_json_delta', partial_json: part }));
  return { chunks: anthropicBlockStream([words, { start, deltas }], 'tool_use') };
}

function response(text: string, args: string): ScriptedReply {
  return {
    body: responsesItemReply([
      { type: 'text', parts: [text] },
      { type: 'call', callId: 'c', name: 'note_down', parts: [args] },
    ]),
  };
}

function responseStream(text: string, args: string): ScriptedReply {
  const call = { type: 'call', callId: 'c', name: 'note_down', parts: piecesOf(args) } as const;
  return { chunks: responsesItemStream([{ type: 'text', parts: piecesOf(text) }, call]) };
}

function chat(text: string, args: string): ScriptedReply {
  const reply = structuredClone(openAiReply(text)) as { choices: { message: object }[] };
  const [choice] = reply.choices;
  const call = { id: 'call_1', type: 'function', function: { name: 'note_down', arguments: args } };
  Object.assign(choice?.message ?? {}, { tool_calls: [call] });
  return { body: reply };
}

function chatStream(text: string, args: string): ScriptedReply {
  const start = { index: 0, id: 'call_1', type: 'function', function: { name: 'note_down', arguments: '' } };
  const calls = [start, ...piecesOf(args).map((part) => ({ index: 0, function: { arguments: part } }))];
  const deltas = [...piecesOf(text).map((content) => ({ content })), ...calls.map((call) => ({ tool_calls: [call] }))];
  return { chunks: openAiDeltaStream(deltas, 'tool_calls') };
}

const completion = (text: string, finish_reason: string | null = 'stop'): object => ({
  id: 'cmpl-1',
  object: 'text_completion',
  created: 1_790_000_000,
  model: 'm',
  choices: [{ index: 0, text, finish_reason, logprobs: null }],
});

function completionStream(text: string): ScriptedReply {
  const events = [...piecesOf(text).map((part) => completion(part, null)), completion('')];
  return { chunks: [...events.map((event) => `data: ${JSON.stringify(event)}\n\n`), 'data: [DONE]\n\n'] };
}
