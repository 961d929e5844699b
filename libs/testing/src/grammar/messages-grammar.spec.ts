import { anthropicBlockStream, anthropicStream } from '../upstream/anthropic-replies';
import { checkStream } from './check-stream';

const check = (frames: readonly string[]) => checkStream('anthropic-messages', frames.join(''));
const event = (type: string, fields: object = {}) => `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
const thinking = {
  start: { type: 'thinking', thinking: '', signature: '' },
  deltas: [
    { type: 'thinking_delta', thinking: 'hm' },
    { type: 'signature_delta', signature: 'c2ln' },
  ],
};
const tool = (id: string, ...parts: string[]) => ({
  start: { type: 'tool_use', id, name: 'weather', input: {} },
  deltas: parts.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
});
const text = { start: { type: 'text', text: '' }, deltas: [{ type: 'text_delta', text: 'Grüße' }] };
/**
 * Frames: 0 start, 1 ping, 2 to 5 thinking, 6 to 8 text, 9 to 12 a tool, 13 and 14 a tool without input, 15
 * message_delta, 16 message_stop.
 */
const all = anthropicBlockStream([thinking, text, tool('toolu_1', '{"city":', '"Köln"}'), tool('toolu_2')], 'tool_use');
const replaced = (at: number, ...frames: string[]) => all.toSpliced(at, 1, ...frames);
const edited = (at: number, from: string, to: string) => {
  const frame = all[at] ?? '';
  expect(frame).toContain(from);
  return replaced(at, frame.replace(from, to));
};
const error = event('error', { error: { type: 'overloaded_error', message: 'busy' } });
const cutInput = (reason: string) => anthropicBlockStream([tool('t', '{"ci')], reason);
const stream = (block: object, ...deltas: object[]) => anthropicBlockStream([{ start: block, deltas }], 'end_turn');

describe('grammar of messages streams', () => {
  it.each([
    ['text', anthropicStream(['Grü', 'ße'])],
    ['thinking, text and tools', all],
    ['hidden thinking', stream({ type: 'redacted_thinking', data: 'x' })],
    ['blocks of tools at the upstream', stream({ type: 'web_search_tool_result', content: [] })],
    ['citations', stream(text.start, { type: 'citations_delta', citation: {} }, ...text.deltas)],
    ['input that the limit has cut', cutInput('max_tokens')],
    ['no content', anthropicBlockStream([], 'end_turn')],
    ['an error in a block', [...all.slice(0, 4), error]],
    ['an error at the start', [error]],
    ['a ping anywhere', [event('ping'), ...all.flatMap((frame) => [frame, event('ping')]).slice(0, -1)]],
  ])('accepts %s', (_name, frames) => {
    expect(check(frames)).toEqual([]);
  });

  it.each<[words: string, frames: string[]]>([
    ['the stream just ends', all.slice(0, -1)],
    ['comes behind message_stop', [...all, all[16] ?? '']],
    ['comes behind message_stop', [...all, 'data: [DONE]\n\n']],
    ['comes behind the error', [error, all[16] ?? '']],
    ['has no `event:` line', edited(7, 'event: content_block_delta\n', '')],
    ['is named delta but is a content_block_delta', edited(7, 'event: content_block_delta', 'event: delta')],
    ['its data has no type', edited(7, '"type":"content_block_delta",', '')],
    ['its data is no JSON object', edited(7, '{', '')],
    ['starts again', replaced(0, all[0] ?? '', all[0] ?? '')],
    ['comes before the start', all.slice(2)],
    ['comes behind message_delta', [...all.slice(0, 16), ...anthropicStream(['x']).slice(2, 5), all[16] ?? '']],
    ['comes behind message_delta', replaced(15, all[15] ?? '', all[15] ?? '')],
    ['is an unknown content_block', replaced(7, event('content_block', { index: 1 }))],
    ['is an error without type or message', [event('error', { error: { type: 'api_error' } })]],
    ['is an error without type or message', [event('error', { error: { message: 'm' } })]],
    ['starts no message', edited(0, 'msg_scripted', '')],
    ['starts no message', edited(0, '"role":"assistant"', '"role":"user"')],
    ['starts no message', edited(0, '"type":"message",', '')],
    ['starts no message', edited(0, '"scripted-model"', 'null')],
    ['starts a message with content', edited(0, '"content":[]', '"content":[{}]')],
    ['starts a message that has stopped', edited(0, '"stop_reason":null', '"stop_reason":"end_turn"')],
    ['starts a message without usage', edited(0, '"input_tokens":7', '"input_tokens":null')],
    ['starts a message without usage', edited(0, '"output_tokens":1', '"output_tokens":-1')],
    ['starts a block while another is open', all.toSpliced(8, 1)],
    ['starts a block out of order', edited(6, '"index":1', '"index":2')],
    ['repeats the id of another block', edited(13, 'toolu_2', 'toolu_1')],
    ['belongs to a block that is not open', edited(7, '"index":1', '"index":0')],
    ['belongs to a block that is not open', replaced(8, all[8] ?? '', all[7] ?? '')],
    ['stops a block that is not open', edited(8, '"index":1', '"index":0')],
    ['stops a block that is not open', replaced(8, all[8] ?? '', all[8] ?? '')],
    ['stops the message before message_delta', all.toSpliced(15, 1)],
    ['comes while a block is open', all.toSpliced(14, 1)],
    ['has the unknown stop_reason "stop"', edited(15, 'tool_use', 'stop')],
    ['stops for tool_use but no tool is used', anthropicBlockStream([text], 'tool_use')],
    ['has no usage', edited(15, '"usage"', '"used"')],
    ['has no usage', edited(15, '"output_tokens":5', '"output_tokens":null')],
    ['although the input of a tool is no JSON object', edited(11, '"}"', '"]"')],
    ['although the input of a tool is no JSON object', cutInput('end_turn')],
    ['starts a block without a type', stream({})],
    ['starts a text block without what belongs to it', stream({ type: 'text' }, ...text.deltas)],
    ['starts a thinking block without what belongs to it', stream({ type: 'thinking', thinking: '' })],
    ['starts a tool_use block without what belongs to it', edited(9, 'toolu_1', '')],
    ['starts a tool_use block without what belongs to it', edited(9, '"weather"', '""')],
    ['starts a tool_use block without what belongs to it', edited(9, '"input":{}', '"input":""')],
    ['starts a redacted_thinking block without what belongs to it', stream({ type: 'redacted_thinking' })],
    ['puts a text_delta into a thinking block', replaced(3, (all[7] ?? '').replace('"index":1', '"index":0'))],
    ['puts a input_json_delta into a text block', replaced(7, (all[10] ?? '').replace('"index":2', '"index":1'))],
    ['is a text_delta without its text', edited(7, '"text":"Grüße"', '"txt":"Grüße"')],
    ['comes behind the signature', all.toSpliced(3, 2, all[4] ?? '', all[3] ?? '')],
    ['stops a text block without text', all.toSpliced(7, 1)],
  ])('finds: %s', (words, frames) => {
    expect(check(frames).join('\n')).toContain(words);
  });
});
