import type { JsonObject } from '../json/json-value';
import type { ReplyEvent } from '../reply/reply-event';
import { encodeSseEvent, SseDecoder, type SseEvent } from '../sse/sse-decoder';
import { responsesReplyReader } from './responses-reply-reader';
import { readStream, scripted, sse, type ResponseEvent } from './responses-stream-reader.fixture';

/** What was said in the end, however it was cut into pieces. */
const said = (events: readonly ReplyEvent[]) => {
  const all: Record<string, string> = {};
  for (const event of events) {
    if (!('delta' in event)) continue;
    const key = event.type === 'tool-arguments' ? `call ${event.call}` : event.type;
    all[key] = (all[key] ?? '') + event.delta;
  }
  return all;
};
const everything = {
  reasoning: 'hm',
  text: 'Grüße',
  refusal: 'no',
  'call 0': '{"a":1}',
  'call 1': '{}',
  'call 2': '{"input":"ab"}',
};
const order = (events: readonly ReplyEvent[]) =>
  events.filter(({ type }) => !/arguments|text|^reasoning$|refusal/.test(type));

describe('reading a streamed response', () => {
  it('reads every kind of item, piece by piece', () => {
    const events = readStream(scripted);
    expect(said(events)).toEqual(everything);
    expect(events.filter(({ type }) => type === 'text')).toEqual([
      { type: 'text', delta: 'Grü' },
      { type: 'text', delta: 'ße' },
    ]);
    expect(order(events)).toMatchObject([
      { type: 'start', id: 'resp_scripted', created: 1_790_000_000 },
      { type: 'reasoning-signature' },
      { type: 'tool-start', call: 0, id: 'call_a', name: 'f' },
      { type: 'tool-end', call: 0 },
      { type: 'tool-start', call: 1, id: 'call_b', name: 'g' },
      { type: 'tool-end', call: 1 },
      { type: 'tool-start', call: 2, id: 'call_c', name: 'h' },
      { type: 'tool-end', call: 2 },
      { type: 'usage', usage: { promptTokens: 7 } },
      { type: 'stop', reason: 'tool-calls' },
      { type: 'end' },
    ]);
  });

  it.each<[name: string, keep: (type: string) => boolean]>([
    ['no deltas', (type) => !type.endsWith('.delta')],
    [
      'no deltas and no repeated texts',
      (type) => !/(delta|text\.done|refusal\.done|arguments\.done|input\.done)$/.test(type),
    ],
    [
      'only whole items',
      (type) => !/(delta|text\.done|refusal\.done|arguments\.done|part\.\w+|item\.added)$/.test(type),
    ],
    ['no items but in the whole response', (type) => /^response\.(created|completed)$/.test(type)],
    ['deltas and the end of items alone', (type) => /delta$|output_item|completed$/.test(type)],
    ['no beginning', (type) => !/created|in_progress/.test(type)],
  ])('understands an upstream that sends %s', (_name, keep) => {
    const events = readStream(scripted.filter(({ type }) => keep(type ?? '')));
    expect(said(events)).toEqual(everything);
    expect(order(events).map(({ type }) => type)).toEqual(order(readStream(scripted)).map(({ type }) => type));
  });

  it('understands an upstream that repeats an item under another id', () => {
    const events = scripted.map((event, at) => ({ ...event, ...('item_id' in event && { item_id: `x${at}` }) }));
    expect(said(readStream(events))).toEqual(everything);
  });

  it('understands an upstream that names items by their ids alone, and events only in their `event:` line', () => {
    const reader = responsesReplyReader.openStream();
    const events = scripted.flatMap(({ type, output_index: _place, ...event }) => reader.read(sse(event, type)));
    expect(said(events)).toEqual(everything);
  });

  it('sets the parts of a summary apart, and tells reasoning once', () => {
    const at = { item_id: 'rs_0', output_index: 0 };
    const item = {
      id: 'rs_0',
      type: 'reasoning',
      summary: [{ text: 'one' }, { text: 'two' }],
      content: [{ text: 'raw' }],
    };
    const events = readStream([
      { type: 'response.reasoning_summary_text.delta', ...at, summary_index: 0, delta: 'on' },
      { type: 'response.reasoning_text.delta', ...at, content_index: 0, delta: 'raw' },
      { type: 'response.reasoning_summary_text.delta', ...at, summary_index: 0, delta: 'e' },
      { type: 'response.reasoning_summary_text.delta', ...at, summary_index: 1, delta: 'two' },
      { type: 'response.output_item.done', output_index: 0, item },
    ]);
    expect(said(events)).toEqual({ reasoning: 'one\n\ntwo' });
  });

  it('ends a call that its upstream left open', () => {
    const events = readStream([
      ...scripted.slice(0, 2),
      ...scripted.filter(({ item }) => (item as JsonObject | undefined)?.['call_id'] === 'call_b').slice(0, 1),
      { type: 'response.completed', response: { status: 'completed' } },
    ]);
    expect(events.map(({ type }) => type)).toEqual(['start', 'tool-start', 'tool-end', 'stop', 'end']);
  });

  it.each<[name: string, event: ResponseEvent, error: object]>([
    [
      'flat',
      { type: 'error', code: 'rate_limit_exceeded', message: 'm', param: 'p' },
      { status: 429, message: 'm', param: 'p', code: 'rate_limit_exceeded', type: '' },
    ],
    [
      'nested',
      { type: 'error', error: { type: 'server_error', code: 'x', message: 'm' } },
      { status: 500, message: 'm', type: 'server_error', code: 'x' },
    ],
    [
      'a failed response',
      { type: 'response.failed', response: { error: { code: 'invalid_prompt', message: 'm' } } },
      { status: 400, message: 'm', code: 'invalid_prompt' },
    ],
    ['a failed response that does not say why', { type: 'response.failed', response: {} }, { status: 500 }],
    ['without a type', { error: { message: 'm' } }, { status: 500, message: 'm' }],
  ])('reads a failure that is %s, and nothing behind it', (_name, event, error) => {
    const events = readStream([...scripted.slice(0, 2), event, ...scripted.slice(2)]);
    expect(events).toEqual([
      expect.objectContaining({ type: 'start' }),
      { type: 'error', error: expect.objectContaining(error) as object },
    ]);
  });

  it('reads a failure in plain words', () => {
    const [event] = new SseDecoder().push(encodeSseEvent('Bad gateway', 'error'));
    const events = responsesReplyReader.openStream().read(event as SseEvent);
    expect(events).toMatchObject([{ type: 'error', error: { message: 'Bad gateway' } }]);
  });

  it('takes what is not JSON for a failure', () => {
    const [event] = new SseDecoder().push(encodeSseEvent('{"type":', 'response.output_text.delta'));
    const events = responsesReplyReader.openStream().read(event as SseEvent);
    expect(events).toMatchObject([{ type: 'error', error: { message: expect.stringContaining('JSON') as string } }]);
  });

  it.each([{}, { error: null }, { type: 'response.web_search_call.searching' }, { type: 'keepalive' }])(
    'passes over %j',
    (event) => {
      expect(readStream([event])).toEqual([]);
    },
  );

  it('reads nothing behind the end', () => {
    const events = readStream([...scripted, ...scripted]);
    expect(events.filter(({ type }) => type === 'end').length).toBe(1);
    expect(events.at(-1)).toEqual({ type: 'end' });
  });

  it('takes an incomplete response for one whatever it says of itself', () => {
    const events = readStream([{ type: 'response.incomplete', response: {} }]);
    expect(events).toContainEqual({ type: 'stop', reason: 'length' });
  });
});
