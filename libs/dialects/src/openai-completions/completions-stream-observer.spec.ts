import { encodeSseEvent, SseDecoder } from '../sse/sse-decoder';
import { summariseCompletionsReply } from './completions-reply';
import { CompletionsStreamObserver } from './completions-stream-observer';

const HEAD = { id: 'cmpl-1', object: 'text_completion', created: 5, model: 'm' };
const USAGE = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 };

const chunk = (choices: object[], more: object = {}): Uint8Array =>
  encodeSseEvent(JSON.stringify({ ...HEAD, choices, ...more }));
const stream = Buffer.concat([
  Buffer.from(': comment\n\n'),
  chunk([{ index: 0, text: 'Grüße ', finish_reason: null, logprobs: null }]),
  chunk([{ index: 1, text: 'second', finish_reason: null }]),
  chunk([{ index: 0, text: '🚀', finish_reason: 'stop' }]),
  chunk([{ index: 1, text: '', finish_reason: 'length' }]),
  chunk([], { usage: USAGE }),
  encodeSseEvent('[DONE]'),
]);

/** Observes chunks; tells how many events ended the stream. */
function observe(chunks: readonly Uint8Array[], observer = new CompletionsStreamObserver()) {
  const decoder = new SseDecoder();
  const ends = chunks.flatMap((bytes) => decoder.push(bytes)).filter((event) => observer.observe(event));
  return { summary: observer.summary(), ends: ends.length };
}

describe(CompletionsStreamObserver.name, () => {
  it('reads an error that the name of its event tells', () => {
    const { summary } = observe([encodeSseEvent('{"message":"broken","type":"server_error"}', 'error')]);
    expect(summary.error).toEqual({ type: 'server_error', message: 'broken' });
    expect(summary.response).toBeNull();
  });

  it('puts the completion together at every split point, and sees one end', () => {
    for (let at = 0; at <= stream.length; at += 1) {
      const { summary, ends } = observe([stream.subarray(0, at), stream.subarray(at)]);
      expect(ends).toBe(1);
      expect(summary).toMatchObject({
        id: 'cmpl-1',
        usage: { promptTokens: 3, completionTokens: 4, totalTokens: 7 },
        error: undefined,
        response: {
          ...HEAD,
          choices: [
            { index: 0, text: 'Grüße 🚀', finish_reason: 'stop' },
            { index: 1, text: 'second', finish_reason: 'length' },
          ],
          usage: USAGE,
        },
      });
    }
  });

  it('does not take a cut stream for a complete one', () => {
    for (let at = 0; at < stream.length - 2; at += 1) expect(observe([stream.subarray(0, at)]).ends).toBe(0);
  });

  it('keeps no more text once it is told to, but sees the end and the usage', () => {
    const observer = new CompletionsStreamObserver();
    observer.stopRecording();
    const { summary, ends } = observe([stream], observer);
    expect([ends, summary.usage?.totalTokens]).toEqual([1, 7]);
    expect(summary.response).toMatchObject({ truncated: true, choices: [{ text: '' }, { text: '' }] });
  });

  it('reads an error that the stream carries', () => {
    const failed = encodeSseEvent('{"error":{"message":"no credit","type":"billing"}}');
    expect(observe([failed]).summary).toMatchObject({
      error: { type: 'billing', message: 'no credit' },
      response: null,
    });
  });

  it.each(['null', '7', '[]', '{}', 'not json', '{"choices":7}', '{"choices":[null,{"text":4}]}'])(
    'survives %s',
    (data) => {
      expect(observe([encodeSseEvent(data)])).toMatchObject({ ends: 0, summary: { error: undefined } });
    },
  );
});

describe(summariseCompletionsReply.name, () => {
  it('reads id and usage of a whole reply, and survives anything else', () => {
    const reply = { ...HEAD, choices: [], usage: USAGE };
    expect(summariseCompletionsReply(reply)).toMatchObject({
      id: 'cmpl-1',
      usage: { totalTokens: 7 },
      response: reply,
    });
    expect(summariseCompletionsReply(undefined)).toMatchObject({ id: '', usage: undefined, response: null });
  });
});
