import fc from 'fast-check';
import { createStreamObserver, summariseReply } from '../dialect-replies';
import { parseJson, type JsonObject } from '../json/json-value';
import { responsesReplyReader } from './responses-reply-reader';
import { readStream, scripted, sse, type ResponseEvent } from './responses-stream-reader.fixture';

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
        const read = readStream(stream as ResponseEvent[]).map(({ type }) => type);
        expect(read.filter((type) => type === 'start').length).toBeLessThanOrEqual(1);
        const last = read.findIndex((type) => type === 'end' || type === 'error');
        expect([-1, read.length - 1]).toContain(last);
        const observer = createStreamObserver('openai-responses');
        for (const event of stream) observer.observe(sse(event as ResponseEvent));
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
        expect(parseJson(JSON.stringify(responsesReplyReader.read(reply as JsonObject)))).toBeDefined();
        summariseReply('openai-responses', reply);
      }),
    );
  });
});
