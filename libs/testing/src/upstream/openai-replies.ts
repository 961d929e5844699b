const HEAD = { id: 'chatcmpl-scripted', created: 1_790_000_000, model: 'scripted-model' };
const USAGE = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 };

/** A chat completion with one choice, as `POST /v1/chat/completions` answers it. */
export function openAiReply(text: string): object {
  const message = { role: 'assistant', content: text, refusal: null };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: 'stop' }];
  return { ...HEAD, object: 'chat.completion', choices, usage: USAGE };
}

/**
 * The same as a stream: one chunk for the role, one per part, one with the finish reason, one with the usage, then
 * `[DONE]`. Each item is one whole server-sent event.
 */
export function openAiStream(parts: readonly string[]): string[] {
  return openAiDeltaStream(
    parts.map((content) => ({ content })),
    'stop',
  );
}

/** A stream of given deltas of choice 0: for tool calls, refusals and reasoning. */
export function openAiDeltaStream(deltas: readonly object[], finishReason: string, usage: object = USAGE): string[] {
  const choice = (delta: object, finish_reason: string | null = null): string =>
    frame({ choices: [{ index: 0, delta, finish_reason }], usage: null });
  return [
    choice({ role: 'assistant', content: '' }),
    ...deltas.map((delta) => choice(delta)),
    choice({}, finishReason),
    frame({ choices: [], usage }),
    'data: [DONE]\n\n',
  ];
}

function frame(fields: object): string {
  return `data: ${JSON.stringify({ ...HEAD, object: 'chat.completion.chunk', ...fields })}\n\n`;
}
