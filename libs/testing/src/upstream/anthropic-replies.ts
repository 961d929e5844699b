const HEAD = { id: 'msg_scripted', type: 'message', role: 'assistant', model: 'scripted-model' };
const INPUT_USAGE = { input_tokens: 7, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };

/** One content block of a scripted stream: how it starts, and its deltas. */
export interface ScriptedBlock {
  readonly start: object;
  readonly deltas: readonly object[];
}

/** A message with one text block, as `POST /v1/messages` answers it. */
export function anthropicReply(text: string): object {
  const usage = { ...INPUT_USAGE, output_tokens: 5 };
  return { ...HEAD, content: [{ type: 'text', text }], stop_reason: 'end_turn', stop_sequence: null, usage };
}

/** The same as a stream with one delta per part. Each item is one whole server-sent event. */
export function anthropicStream(parts: readonly string[]): string[] {
  const deltas = parts.map((text) => ({ type: 'text_delta', text }));
  return anthropicBlockStream([{ start: { type: 'text', text: '' }, deltas }], 'end_turn');
}

/** A stream of given content blocks, one after the other: for tools and thinking. */
export function anthropicBlockStream(
  blocks: readonly ScriptedBlock[],
  stopReason: string,
  inputUsage: object = INPUT_USAGE,
  outputTokens = 5,
): string[] {
  const message = { ...HEAD, content: [], stop_reason: null, stop_sequence: null };
  return [
    frame('message_start', { message: { ...message, usage: { ...inputUsage, output_tokens: 1 } } }),
    frame('ping', {}),
    ...blocks.flatMap(({ start, deltas }, index) => [
      frame('content_block_start', { index, content_block: start }),
      ...deltas.map((delta) => frame('content_block_delta', { index, delta })),
      frame('content_block_stop', { index }),
    ]),
    frame('message_delta', {
      delta: { stop_reason: stopReason, stop_sequence: null },
      usage: { output_tokens: outputTokens },
    }),
    frame('message_stop', {}),
  ];
}

function frame(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
