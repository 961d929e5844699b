import type { ScriptedReply } from '@sallyport/testing';
import { AbortStage, PARTS, TEXT, UPSTREAMS } from './aborts/abort-stage';
import { CLIENTS } from './aborts/abort-client';
import { KEY } from './gateway-harness';

const PATHS = { chat: '/v1/chat/completions', messages: '/v1/messages', responses: '/v1/responses' };
const MESSAGES = [{ role: 'user', content: 'Hi' }];
const BODIES = {
  chat: { messages: MESSAGES, stream_options: { include_usage: true } },
  messages: { messages: MESSAGES, max_tokens: 9 },
  responses: { input: 'Hi' },
};
/** How an upstream of each dialect tells of its failure in the middle of a stream. */
const ERRORS = {
  chat: 'data: {"error":{"message":"it broke","type":"server_error","code":500}}\n\n',
  messages: 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"it broke"}}\n\n',
  responses: 'event: error\ndata: {"type":"error","code":"server_error","message":"it broke","sequence_number":9}\n\n',
};
const KINDS = { chat: 'server_error', messages: 'overloaded_error', responses: 'server_error' };
const DIALECTS = UPSTREAMS.map((upstream, index) => ({ ...upstream, client: CLIENTS[index]! }));

describe('a stream', () => {
  let stage: AbortStage;
  beforeAll(async () => {
    stage = await AbortStage.start({
      GATEWAY_STREAM_IDLE_SECONDS: '1',
      GATEWAY_FALLBACKS: 'chat=messages;messages=responses;responses=chat',
    });
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    stage.gateway.records.splice(0);
    stage.upstream.requests.splice(0);
  });

  describe.each(DIALECTS)('of $name', ({ name, events, client }) => {
    const ask = (reply: ScriptedReply): Promise<Response> => {
      void stage.script(() => reply);
      return fetch(stage.gateway.url + PATHS[name], {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
        body: JSON.stringify({ model: name, stream: true, ...BODIES[name] }),
      });
    };
    const read = async (reply: Response): Promise<string> => {
      expect([reply.status, reply.headers.get('x-fallback-model')]).toEqual([200, null]);
      return reply.text();
    };
    const half = events.slice(0, events.findIndex((event) => event.includes(PARTS[1])) + 1);

    it('holds back its terminal event alone while the record is written', async () => {
      const held = stage.gateway.holdRecord();
      const reader = (await ask({ chunks: [events.join('')] })).body!.getReader();
      const before = events.slice(0, -1).join('');
      let text = '';
      while (text.length < before.length) {
        const { value, done } = (await reader.read()) as { value: Uint8Array; done: boolean };
        expect(done).toBe(false);
        text += Buffer.from(value).toString();
      }
      expect(text).toBe(before);
      const release = await held;
      const last = reader.read();
      expect(stage.gateway.records).toEqual([]);
      release();
      expect(Buffer.from((await last).value as Uint8Array).toString()).toBe(events.at(-1));
      expect((await reader.read()).done).toBe(true);
      expect(await stage.onlyRecord()).toMatchObject({ status: 'success', stream: true });
    });

    it.each([
      ['resets the connection behind its end', { chunks: events, fault: 'reset' }],
      ['ends it twice', { chunks: [...events, events.at(-1)!] }],
      ['ends it twice at once', { chunks: [[...events, events.at(-1)].join('')] }],
      ['goes on behind its end', { chunks: [[...events, ERRORS[name]].join('')] }],
    ] as const)('is whole when the upstream %s', async (_how, reply) => {
      expect(await read(await ask(reply))).toBe(events.join(''));
      const record = await stage.onlyRecord();
      expect(record).toMatchObject({ status: 'success', prompt_tokens: 7, completion_tokens: 5, error_str: null });
      expect(client.textOf(record.response)).toBe(TEXT);
    });

    it('is recorded as failed, as far as it came, when the upstream tells of an error', async () => {
      const text = await read(await ask({ chunks: [...half, ERRORS[name]] }));
      expect(text).toBe([...half, ERRORS[name]].join(''));
      const record = await stage.onlyRecord();
      expect(record).toMatchObject({
        status: 'failure',
        stream: null,
        error_str: 'it broke',
        error_information: { error_class: KINDS[name] },
        sallyport: { client_left: false, usage_source: 'estimated' },
      });
      expect(client.textOf(record.response)).toBe('one two ');
    });

    it.each([
      ['breaks off', 'reset', 'upstream_interrupted'],
      ['ends too early', 'truncate', 'upstream_interrupted'],
      ['says nothing any more', 'stall', 'deadline_exceeded'],
    ] as const)('is given to no other upstream when it %s', async (_how, fault, code) => {
      const text = await read(await ask({ chunks: half, fault }));
      expect(text.startsWith(half.join(''))).toBe(true);
      expect(text).not.toContain(events.at(-1));
      expect(stage.upstream.requests).toHaveLength(1);
      const record = await stage.onlyRecord();
      expect(record).toMatchObject({
        status: 'failure',
        model_group: name,
        error_information: { error_code: code },
        sallyport: { attempts: [{ status: '200' }], client_left: false },
      });
      expect(client.textOf(record.response)).toBe('one two ');
    });
  });
});
