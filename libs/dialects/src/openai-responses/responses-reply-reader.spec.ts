import { responsesItemReply, responsesItemStream, responsesReply, type ScriptedItem } from '@sallyport/testing';
import fc from 'fast-check';
import { createStreamObserver, summariseReply } from '../reply/dialect-replies';
import { parseJson, type JsonObject } from '../reply/json-value';
import type { ReplyEvent } from '../reply/reply-event';
import { openReasoning } from '../requests/sealed-reasoning';
import { encodeSseEvent, SseDecoder, type SseEvent } from '../sse/sse-decoder';
import { responsesReplyReader } from './responses-reply-reader';

const read = (body: object) => responsesReplyReader.read(body as JsonObject);
const readOutput = (...output: unknown[]) => read({ ...responsesReply('x'), output }).content;

describe('reading a whole response', () => {
  it('reads text, time and usage', () => {
    expect(read(responsesReply('Grüße'))).toEqual({
      id: 'resp_scripted',
      created: 1_790_000_000,
      content: [{ type: 'text', text: 'Grüße' }],
      stop: 'end',
      usage: expect.objectContaining({ promptTokens: 7, completionTokens: 5, totalTokens: 12 }) as object,
    });
  });

  it('reads every kind of item, in its order', () => {
    const items: ScriptedItem[] = [
      { type: 'reasoning', parts: ['hm'], encrypted: 'sealed' },
      { type: 'refusal', parts: ['no'] },
      { type: 'call', callId: 'call_a', name: 'f', parts: ['{"a":1}'] },
      { type: 'call', callId: 'call_b', name: 'g', parts: [] },
      { type: 'custom-call', callId: 'call_c', name: 'h', parts: ['say "hi"'] },
    ];
    const { content, stop } = read(responsesItemReply(items));
    expect(content).toEqual([
      { type: 'reasoning', text: 'hm', signature: expect.any(String) as string },
      { type: 'refusal', text: 'no' },
      { type: 'tool-call', id: 'call_a', name: 'f', arguments: '{"a":1}' },
      { type: 'tool-call', id: 'call_b', name: 'g', arguments: '{}' },
      { type: 'tool-call', id: 'call_c', name: 'h', arguments: '{"input":"say \\"hi\\""}' },
    ]);
    expect(stop).toBe('tool-calls');
    const [reasoning] = content;
    const seal = reasoning?.type === 'reasoning' ? reasoning.signature : undefined;
    expect(openReasoning('openai-responses', seal ?? '')).toEqual({
      id: 'rs_0',
      summary: [{ type: 'summary_text', text: 'hm' }],
      encrypted_content: 'sealed',
    });
  });

  it.each<[name: string, item: unknown, content: object[]]>([
    ['a summary in parts', { type: 'reasoning', summary: [{ text: 'a' }, { text: 'b' }] }, [{ text: 'a\n\nb' }]],
    ['reasoning in its own words', { type: 'reasoning', summary: [], content: [{ text: 'a' }] }, [{ text: 'a' }]],
    ['reasoning that says nothing', { type: 'reasoning', summary: [] }, []],
    ['content that is one text', { type: 'message', content: 'plain' }, [{ type: 'text', text: 'plain' }]],
    [
      'parts of text',
      { type: 'message', content: [{ type: 'output_text', text: 'a' }, { type: 'x' }, 7] },
      [{ text: 'a' }],
    ],
    ['a part without text', { type: 'message', content: [{ type: 'output_text', text: '' }] }, []],
    [
      'arguments that are an object',
      { type: 'function_call', name: 'f', arguments: { a: 1 } },
      [{ arguments: '{"a":1}' }],
    ],
    ['a call that has only the id of its item', { type: 'function_call', id: 'fc_1', name: 'f' }, [{ id: 'fc_1' }]],
    ['a search of the upstream', { type: 'web_search_call', id: 'ws_1', action: {} }, []],
    ['no item at all', null, []],
  ])('understands %s', (_name, item, content) => {
    expect(readOutput(item)).toMatchObject(content);
    expect(readOutput(item).length).toBe(content.length);
  });

  it.each([
    ['max_output_tokens', 'length'],
    ['content_filter', 'refusal'],
    ['something_new', 'length'],
  ])('an incomplete response by %s ends by %s', (reason, stop) => {
    const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{' };
    const body = { status: 'incomplete', incomplete_details: { reason }, output: [call] };
    expect(read(body).stop).toBe(stop);
  });

  it('adds up tokens that the upstream has not', () => {
    const usage = { input_tokens: 3, output_tokens: 4 };
    expect(read({ usage }).usage).toMatchObject({ totalTokens: 7 });
    expect(read({ usage: { ...usage, total_tokens: 9 } }).usage).toMatchObject({ totalTokens: 9 });
  });

  it('knows milliseconds from seconds, and no time from both', () => {
    const created = (created_at: unknown) => read({ created_at }).created;
    expect([created(1_790_000_000.4), created(1_790_000_000_123), created(null), created('x')]).toEqual([
      1_790_000_000,
      1_790_000_000,
      undefined,
      undefined,
    ]);
  });
});

type Event = Record<string, unknown> & { type?: string };
const sse = (event: Event, name: unknown = event.type): SseEvent => {
  const [decoded] = new SseDecoder().push(
    encodeSseEvent(JSON.stringify(event), typeof name === 'string' && !/[\r\n]/.test(name) ? name : undefined),
  );
  return decoded as SseEvent;
};
const readStream = (events: readonly Event[]): ReplyEvent[] => {
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
const scripted = responsesItemStream(items).map((frame) => JSON.parse(frame.slice(frame.indexOf('{'))) as Event);
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

  it.each<[name: string, event: Event, error: object]>([
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

describe('whatever an upstream sends', () => {
  const types = fc.constantFrom(
    ...new Set(scripted.map(({ type }) => type)),
    'error',
    'response.failed',
    'constructor',
  );
  const events = fc.array(
    fc.record(
      {
        type: fc.oneof(types, fc.jsonValue()),
        item: fc.oneof(fc.constantFrom(...scripted.map(({ item }) => item)), fc.jsonValue()),
        response: fc.oneof(fc.constantFrom(...scripted.map(({ response }) => response)), fc.jsonValue()),
        part: fc.jsonValue(),
        delta: fc.oneof(fc.string(), fc.jsonValue()),
        text: fc.jsonValue(),
        arguments: fc.jsonValue(),
        output_index: fc.oneof(fc.nat(3), fc.jsonValue()),
        content_index: fc.oneof(fc.nat(3), fc.jsonValue()),
        error: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 12 },
  );

  it('never throws, starts once and says nothing behind its last word', () => {
    fc.assert(
      fc.property(events, (stream) => {
        const read = readStream(stream as Event[]).map(({ type }) => type);
        expect(read.filter((type) => type === 'start').length).toBeLessThanOrEqual(1);
        const last = read.findIndex((type) => type === 'end' || type === 'error');
        expect([-1, read.length - 1]).toContain(last);
        const observer = createStreamObserver('openai-responses');
        for (const event of stream) observer.observe(sse(event as Event));
        expect(() => observer.summary()).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('never throws on a whole body', () => {
    const body = fc.dictionary(
      fc.constantFrom('output', 'usage', 'status', 'error', 'id', 'created_at', 'incomplete_details'),
      fc.oneof(fc.array(fc.dictionary(fc.constantFrom('type', 'content', 'summary'), fc.jsonValue())), fc.jsonValue()),
    );
    fc.assert(
      fc.property(body, (reply) => {
        expect(parseJson(JSON.stringify(read(reply)))).toBeDefined();
        summariseReply('openai-responses', reply);
      }),
    );
  });
});
