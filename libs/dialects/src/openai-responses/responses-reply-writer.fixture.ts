import OpenAI from 'openai';
import type { JsonObject } from '../json/json-value';
import type { AssistantReply, ReplyContent, StopReason } from '../reply/assistant-reply';
import type { ReplyContext } from '../reply/reply-codec.port';
import type { ReplyEvent } from '../reply/reply-event';
import type { TokenUsage } from '../reply/reply-summary';
import { responsesReplyWriter } from './responses-reply-writer';

export const usage: TokenUsage = {
  promptTokens: 30,
  completionTokens: 9,
  totalTokens: 39,
  cacheReadTokens: 10,
  cacheWriteTokens: 4,
  reasoningTokens: 3,
  raw: {},
};

export function context(request: JsonObject = {}): ReplyContext {
  let ids = 0;
  return {
    model: 'shown-model',
    request,
    estimatedInputTokens: 7,
    filteredStopReason: 'refusal',
    now: () => 1_790_000_001,
    newId: () => `fresh${(ids += 1)}`,
  };
}

export function write(
  content: readonly ReplyContent[],
  more: Partial<AssistantReply> = {},
  request?: JsonObject,
): JsonObject {
  const reply: AssistantReply = { id: 'up_1', created: 1_790_000_000, content, stop: 'end', usage, ...more };
  return responsesReplyWriter.write(reply, context(request));
}

/** The same reply in pieces; what a stream says must be what a whole reply says. */
export function stream(content: readonly ReplyContent[], stop: StopReason = 'end', request?: JsonObject): string {
  const writer = responsesReplyWriter.openStream(context(request));
  const events: ReplyEvent[] = [
    { type: 'start', id: 'up_1', created: 1_790_000_000 },
    ...content.flatMap((piece, call) => eventsOf(piece, call)),
    { type: 'stop', reason: stop },
    { type: 'usage', usage },
    { type: 'end' },
  ];
  return events.map((event) => writer.write(event)).join('');
}

function eventsOf(piece: ReplyContent, call: number): ReplyEvent[] {
  const halves = (text: string): string[] => [text.slice(0, 2), text.slice(2)];
  switch (piece.type) {
    case 'text':
    case 'refusal':
      return halves(piece.text).map((delta) => ({ type: piece.type, delta }));
    case 'tool-call': {
      const { id, name } = piece;
      const args = halves(piece.arguments).map((delta): ReplyEvent => ({ type: 'tool-arguments', call, delta }));
      return [{ type: 'tool-start', call, id, name }, ...args, { type: 'tool-end', call }];
    }
    case 'reasoning': {
      if (piece.redacted !== undefined) return [{ type: 'redacted-reasoning', data: piece.redacted }];
      const { signature } = piece;
      const proof: ReplyEvent[] = signature === undefined ? [] : [{ type: 'reasoning-signature', signature }];
      return [...halves(piece.text).map((delta): ReplyEvent => ({ type: 'reasoning', delta })), ...proof];
    }
  }
}

/** The official client, answered with a given body. */
export function client(body: string, type: string): OpenAI {
  const fetch = (): Promise<Response> => Promise.resolve(new Response(body, { headers: { 'content-type': type } }));
  return new OpenAI({ apiKey: 'k', baseURL: 'http://upstream.test/v1', fetch, maxRetries: 0 });
}
export const ask = { model: 'm', input: 'hi' };

export const call = (id: string, args: string, name = 'weather'): ReplyContent => ({
  type: 'tool-call',
  id,
  name,
  arguments: args,
});
export const text = (words: string): ReplyContent => ({ type: 'text', text: words });
export const CUSTOM = { tools: [{ type: 'custom', name: 'patch' }, { type: 'function', name: 'weather' }, null] };
