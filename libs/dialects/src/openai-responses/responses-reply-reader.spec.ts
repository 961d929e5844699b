import { responsesItemReply, responsesReply, type ScriptedItem } from '@sallyport/testing';
import type { JsonObject } from '../json/json-value';
import { openReasoning } from '../reply/sealed-reasoning';
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
