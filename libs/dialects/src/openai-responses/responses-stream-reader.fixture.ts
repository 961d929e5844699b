import { responsesItemStream, type ScriptedItem } from '@sallyport/testing';
import type { ReplyEvent } from '../reply/reply-event';
import { encodeSseEvent, SseDecoder, type SseEvent } from '../sse/sse-decoder';
import { responsesReplyReader } from './responses-reply-reader';

/** An event as its JSON says it. */
export type ResponseEvent = Record<string, unknown> & { type?: string };

/** The event as it comes over the wire, under the name that is given. */
export const sse = (event: ResponseEvent, name: unknown = event.type): SseEvent => {
  const [decoded] = new SseDecoder().push(
    encodeSseEvent(JSON.stringify(event), typeof name === 'string' && !/[\r\n]/.test(name) ? name : undefined),
  );
  return decoded as SseEvent;
};

export const readStream = (events: readonly ResponseEvent[]): ReplyEvent[] => {
  const reader = responsesReplyReader.openStream();
  return [...events.flatMap((event) => reader.read(sse(event))), ...reader.finish()];
};

const items: ScriptedItem[] = [
  { type: 'reasoning', parts: ['h', 'm'], encrypted: 'sealed' },
  { type: 'text', parts: ['Grü', 'ße'] },
  { type: 'refusal', parts: ['no'] },
  { type: 'call', callId: 'call_a', name: 'f', parts: ['{"a"', ':1}'] },
  { type: 'call', callId: 'call_b', name: 'g', parts: [] },
  { type: 'custom-call', callId: 'call_c', name: 'h', parts: ['a', 'b'] },
];

/** The events of a stream with every kind of item. */
export const scripted = responsesItemStream(items).map(
  (frame) => JSON.parse(frame.slice(frame.indexOf('{'))) as ResponseEvent,
);
