import { openAiDeltaStream, openAiStream } from '../upstream/openai-replies';
import { checkStream } from './check-stream';

const check = (frames: readonly string[]) => checkStream('openai-chat', frames.join(''));
const call = (index: number, fields: object) => ({ tool_calls: [{ index, ...fields }] });
const begin = (index: number, name: string, args: string) =>
  call(index, { id: `call_${index}`, type: 'function', function: { name, arguments: args } });
/** Frames: 0 role, 1 reasoning, 2 to 5 two interleaved calls, 6 finish, 7 usage, 8 `[DONE]`. */
const tools = openAiDeltaStream(
  [
    { reasoning_content: 'hm' },
    begin(0, 'weather', ''),
    begin(1, 'clock', '{"zone":'),
    call(0, { function: { arguments: '{"city":"Köln"}' } }),
    call(1, { function: { arguments: '"CET"}' } }),
  ],
  'tool_calls',
);
const replaced = (at: number, ...frames: string[]) => tools.toSpliced(at, 1, ...frames);
/** The frame with a piece of its text replaced. */
const edited = (at: number, from: string, to: string) => {
  const frame = tools[at] ?? '';
  expect(frame).toContain(from);
  return replaced(at, frame.replace(from, to));
};
const error = (fields: object) => `data: ${JSON.stringify({ error: fields })}\n\n`;
const cutArguments = (reason: string) => openAiDeltaStream([begin(0, 'weather', '{"ci')], reason);

describe('grammar of chat streams', () => {
  it.each([
    ['text', openAiStream(['Grü', 'ße'])],
    ['tool calls', tools],
    ['no usage', tools.filter((frame) => !frame.includes('total_tokens'))],
    ['other ways to frame', tools.map((frame) => frame.replace('data: ', 'data:').replaceAll('\n', '\r\n'))],
    ['a comment', [': waiting\n\n', ...tools]],
    ['arguments that the limit has cut', cutArguments('length')],
    ['an error at the end', [...tools.slice(0, 4), error({ message: 'm', type: 't' })]],
    ['an error at the start', [error({ message: 'm', type: 't' })]],
  ])('accepts %s', (_name, frames) => {
    expect(check(frames)).toEqual([]);
  });

  it.each<[words: string, frames: string[]]>([
    ['the stream just ends', tools.slice(0, -1)],
    ['the stream just ends', []],
    ['the last event has no blank line behind it', edited(8, '\n\n', '\n')],
    ['neither a comment nor', edited(3, 'data: ', 'date: 7\ndata: ')],
    ['has an `event:` line', edited(3, 'data: ', 'event: chunk\ndata: ')],
    ['its data is no JSON object', edited(3, '{', '')],
    ['its data is no JSON object', replaced(3, 'data: 7\n\n')],
    ['is no chat.completion.chunk', edited(0, 'chat.completion.chunk', 'chat.completion')],
    ['changes id', edited(4, 'chatcmpl-scripted', 'other')],
    ['changes created', edited(4, '1790000000', '1790000001')],
    ['changes model', edited(4, 'scripted-model', 'other')],
    ['has no id, model or time', tools.map((frame) => frame.replace('chatcmpl-scripted', ''))],
    ['has no id, model or time', tools.map((frame) => frame.replace('1790000000', 'null'))],
    ['has no id, model or time', tools.map((frame) => frame.replace('"scripted-model"', 'null'))],
    ['has no choices', edited(1, '"choices"', '"chosen"')],
    ['has neither choices nor usage', edited(7, '"usage"', '"used"')],
    ['has choices and usage', edited(6, '"usage":null', '"usage":{}')],
    ['has usage where earlier chunks do not say', edited(3, ',"usage":null', '')],
    ['has usage without counts', edited(7, '"total_tokens"', '"total"')],
    ['has usage before the choices are finished', tools.toSpliced(6, 2, tools[7] ?? '', tools[6] ?? '')],
    ['comes behind the usage', replaced(7, tools[7] ?? '', tools[7] ?? '')],
    ['has a choice without an index', edited(2, '{"index":0,"delta"', '{"delta"')],
    ['has a choice without a delta', edited(6, '"delta":{}', '"delta":null')],
    ['has a choice without finish_reason', edited(2, ',"finish_reason":null', '')],
    ['has the unknown finish_reason "over"', edited(6, '"tool_calls"', '"over"')],
    ['finishes with tool_calls but calls no tool', openAiDeltaStream([{ content: 'x' }], 'tool_calls')],
    ['adds to a choice that is finished', replaced(6, tools[6] ?? '', tools[6] ?? '')],
    ['ends a choice without a finish_reason', tools.toSpliced(6, 2)],
    ['ends a stream without a choice', tools.slice(-1)],
    ['repeats the role', replaced(0, tools[0] ?? '', tools[0] ?? '')],
    ['has a role other than assistant', edited(0, 'assistant', 'user')],
    ['begins a choice without a role', tools.slice(1)],
    ['ends a choice without a role', tools.slice(6)],
    ['has a reasoning_content that is no text', edited(1, '"hm"', '7')],
    ['has tool_calls that is no list of calls', edited(2, '"tool_calls":[', '"tool_calls":[],"calls":[')],
    ['has a tool call whose index leaves a gap', tools.toSpliced(2, 1)],
    ['has a tool call whose index leaves a gap', edited(2, '"tool_calls":[{"index":0,', '"tool_calls":[{')],
    ['begins a tool call without id, type or name', edited(2, '"id":"call_0"', '"id":""')],
    ['begins a tool call without id, type or name', edited(2, '"type":"function",', '')],
    ['begins a tool call without id, type or name', edited(2, '"name":"weather"', '"name":""')],
    ['repeats the id of another tool call', edited(3, 'call_1', 'call_0')],
    ['changes the id of a tool call', edited(4, '"index":0,"function"', '"index":0,"id":"x","function"')],
    ['changes the name of a tool call', edited(4, '"arguments":', '"name":"x","arguments":')],
    ['has arguments that are no text', edited(2, '"arguments":""', '"arguments":{}')],
    ['ends the call call_0 whose arguments are no JSON object', tools.toSpliced(4, 1)],
    ['ends the call call_1 whose arguments are no JSON object', edited(5, '\\"CET\\"}', '\\"CET\\"]')],
    ['ends the call call_0 whose arguments are no JSON object', cutArguments('stop')],
    ['comes behind [DONE]', [...tools, 'data: [DONE]\n\n']],
    ['comes behind [DONE]', [...tools, error({ message: 'm', type: 't' })]],
    ['comes behind the error', [...tools.slice(0, 4), error({ message: 'm', type: 't' }), 'data: [DONE]\n\n']],
    ['is an error without a message', [error({ type: 't' })]],
    ['is an error without a type', [error({ message: 'm' })]],
    ['an event has no data', ['event: x\n\n', ...tools]],
    ['an event has two names', ['event: x\nevent: y\ndata: [DONE]\n\n']],
  ])('finds: %s', (words, frames) => {
    expect(check(frames).join('\n')).toContain(words);
  });
});
