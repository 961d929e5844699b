import { responsesItemStream, responsesStream, type ScriptedItem } from '../upstream/responses-replies';
import { checkStream } from './check-stream';

type Event = Record<string, unknown> & { type: string };

const check = (frames: readonly string[]) => checkStream('openai-responses', frames.join(''));
const call = (callId: string, ...parts: string[]): ScriptedItem => ({ type: 'call', callId, name: 'weather', parts });
/**
 * Events: 0 and 1 the start, 2 to 7 reasoning, 8 to 14 text, 15 to 19 a call, 20 to 23 a call of a custom tool, 24 the
 * end.
 */
const all = responsesItemStream([
  { type: 'reasoning', parts: ['hm'], encrypted: 'sealed' },
  { type: 'text', parts: ['Grü', 'ße'] },
  call('call_1', '{"city":', '"Köln"}'),
  { type: 'custom-call', callId: 'call_2', name: 'patch', parts: ['*** Begin'] },
]);
const write = (events: readonly Event[]) =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
/** The stream with some events changed, and numbered afresh. */
const changed = (change: (events: Event[]) => Event[], stream = all) => {
  const events = stream.map((frame) => JSON.parse(frame.slice(frame.indexOf('{'))) as Event);
  return write(change(events).map((event, sequence_number) => ({ ...event, sequence_number })));
};
/** With the members of one event changed; a path such as `item.status` reaches into it. */
const edited = (at: number, path: string, value: unknown, stream = all) =>
  changed((events) => {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const owner = keys.reduce<unknown>((object, key) => (object as Event)[key], events[at]) as Event;
    expect(last in owner).toBe(true);
    owner[last] = value;
    return events;
  }, stream);
const without = (at: number, count = 1) => changed((events) => events.toSpliced(at, count));
/** With a second copy of one event at another place. */
const copied = (from: number, to: number) =>
  changed((events) => events.toSpliced(to, 0, structuredClone(events[from]) as Event));
const error = (at: number, fields: object) => [
  ...all.slice(0, at),
  ...write([{ type: 'error', sequence_number: at, ...fields }]),
];
const flat = { code: null, message: 'busy', param: null };
const failed = (fields: object) =>
  changed((events) => [
    ...events.slice(0, 2),
    { type: 'response.failed', response: { ...(events[0]?.['response'] as object), status: 'failed', ...fields } },
  ]);

it('the stream to be broken is laid out as its comment says', () => {
  const types = all.map((frame) => /^event: response\.(.*)$/m.exec(frame)?.[1]);
  expect([2, 8, 15, 20].map((at) => types[at])).toEqual(Array(4).fill('output_item.added'));
  expect(types.length).toBe(25);
});

describe('grammar of responses streams', () => {
  it.each([
    ['text', responsesStream(['Grü', 'ße'])],
    ['everything', all],
    ['a refusal', responsesItemStream([{ type: 'refusal', parts: ['no'] }])],
    ['hidden reasoning', responsesItemStream([{ type: 'reasoning', parts: [], encrypted: 'x' }])],
    ['no output', responsesItemStream([])],
    ['arguments that the limit has cut', responsesItemStream([call('c', '{"ci')], 'max_output_tokens')],
    ['[DONE] behind the end', [...all, 'data: [DONE]\n\n']],
    ['an error in an item', error(4, flat)],
    ['an error at the start', error(0, flat)],
    ['a nested error', error(2, { error: flat })],
    ['a failure', failed({ error: { code: 'server_error', message: 'm' } })],
    ['a queue', copied(1, 1).map((frame, at) => (at === 1 ? frame.replaceAll('in_progress', 'queued') : frame))],
    ['annotations', changed((events) => events.toSpliced(11, 0, annotation(events)))],
    ['items of tools at the upstream', changed(toHostedTool, responsesStream(['x']))],
  ])('accepts %s', (_name, frames) => {
    expect(check(frames)).toEqual([]);
  });

  it.each<[words: string, frames: string[]]>([
    ['the stream just ends', all.slice(0, -1)],
    ['comes behind response.completed', copied(24, 25)],
    ['comes behind response.completed', [...all, 'event: done\ndata: [DONE]\n\n']],
    ['comes behind [DONE]', [...all, 'data: [DONE]\n\n', 'data: [DONE]\n\n']],
    ['comes behind the error', [...error(2, flat), 'data: [DONE]\n\n']],
    ['has no `event:` line', all.map((frame) => frame.replace(/^event: .*\n/, ''))],
    ['is named x but is a response.created', all.map((frame) => frame.replace('event: response.created', 'event: x'))],
    ['has a sequence_number other than 3', all.toSpliced(3, 1)],
    ['has a sequence_number other than 2', [...all.slice(0, 2), ...write([{ type: 'error', ...flat }])]],
    ['is an error without message, code or param', error(2, { code: null, param: null })],
    ['is an error without message, code or param', error(2, { error: { message: 'm', param: null } })],
    ['is an error without message, code or param', error(2, { message: 'm', code: null })],
    ['is not where response.created belongs', without(0)],
    ['is not where response.created belongs', copied(0, 1)],
    ['comes before response.created and response.in_progress', without(1)],
    ['comes behind response.in_progress', copied(1, 2)],
    ['changes id', edited(24, 'response.id', 'resp_other')],
    ['changes object', edited(24, 'response.object', 'x')],
    ['changes created_at', edited(24, 'response.created_at', 1)],
    ['changes model', edited(24, 'response.model', 'x')],
    ['holds no response', edited(0, 'response.id', '')],
    ['holds no response', edited(0, 'response.object', 'chat')],
    ['holds no response', edited(0, 'response.created_at', 1.5)],
    ['holds no response', edited(0, 'response.model', null)],
    ['holds a response that is completed', edited(0, 'response.status', 'completed')],
    ['holds a response that is in_progress', edited(24, 'response.status', 'in_progress')],
    ['begins with output', edited(1, 'response.output', [{}])],
    ['ends a response that never was in progress', changed((events) => events.filter((_, at) => at !== 1))],
    ['comes while an item is open', without(23)],
    ['has other output than its items told', edited(24, 'response.output.1.id', 'msg_other')],
    ['has other output than its items told', edited(24, 'response.output', [])],
    ['has other output than its items told', edited(24, 'response.output.2.arguments', '{}')],
    ['fails without an error', failed({ error: null })],
    ['fails without an error', failed({ error: { message: 'm' } })],
    ['has an error but did not fail', edited(24, 'response.error', { code: 'x', message: 'm' })],
    ['has usage without all its counts', edited(24, 'response.usage', null)],
    ['has usage without all its counts', edited(24, 'response.usage.input_tokens', null)],
    ['has usage without all its counts', edited(24, 'response.usage.total_tokens', undefined)],
    ['has usage without all its counts', edited(24, 'response.usage.input_tokens_details', {})],
    ['has usage without all its counts', edited(24, 'response.usage.output_tokens_details', {})],
    ['has the wrong incomplete_details', edited(24, 'response.incomplete_details', { reason: 'x' })],
    ['has the wrong incomplete_details', edited(2, 'response.incomplete_details', {}, responsesItemStream([], 'x'))],
    ['completes although arguments are no JSON object', responsesItemStream([call('c', '{"ci')])],
    ['while no item is open', without(8)],
    ['has the output_index of another item', edited(9, 'output_index', 0)],
    ['has the output_index of another item', edited(14, 'output_index', 0)],
    ['adds an item while another is open', without(14)],
    ['adds an item out of order', edited(8, 'output_index', 2)],
    ['repeats the id of another item', edited(20, 'item.call_id', 'call_1')],
    ['repeats the id of another item', edited(15, 'item.id', 'msg_1')],
    ['adds an item without type or id', edited(15, 'item.id', undefined)],
    ['adds an item without type or id', edited(15, 'item.type', undefined)],
    ['adds a function_call whose id does not begin with fc_', edited(15, 'item.id', 'call_1')],
    ['adds an item that is not empty', edited(8, 'item.content', [{ type: 'output_text', text: '' }])],
    ['adds an item that is not empty', edited(2, 'item.summary', undefined)],
    ['adds an item that is not empty', edited(15, 'item.arguments', '{}')],
    ['adds a call without call_id or name', edited(15, 'item.call_id', '')],
    ['adds a call without call_id or name', edited(15, 'item.name', undefined)],
    ['adds a message of somebody else', edited(8, 'item.role', 'user')],
    ['has the item_id of another item', edited(10, 'item_id', 'msg_other')],
    ['is a response.refusal.delta, which has no place here', edited(10, 'type', 'response.refusal.delta')],
    ['is a response.output_text.delta, which has no place here', without(9)],
    ['is a response.made_up, which has no place here', edited(10, 'type', 'response.made_up')],
    ['has the index of another part', edited(10, 'content_index', 1)],
    ['has the index of another part', edited(13, 'content_index', 1)],
    ['has the index of another part', edited(4, 'summary_index', 1)],
    ['comes behind the whole text', copied(10, 13)],
    ['comes behind the whole text', copied(17, 19)],
    ['has no delta', edited(10, 'delta', null)],
    ['has no delta', edited(16, 'delta', null)],
    ['repeats another text than its deltas told', edited(12, 'text', 'Grüsse')],
    ['repeats another text than its deltas told', edited(5, 'text', '')],
    ['repeats another text than its deltas told', edited(18, 'arguments', '{}')],
    ['repeats another text than its deltas told', edited(22, 'input', '')],
    ['changes id', edited(14, 'item.id', 'msg_other')],
    ['changes type', edited(14, 'item.type', 'reasoning')],
    ['changes call_id', edited(19, 'item.call_id', 'x')],
    ['changes name', edited(19, 'item.name', 'x')],
    ['ends an item that is in progress', edited(14, 'item.status', 'in_progress')],
    ['ends an item while a part is open', without(13)],
    ['ends an item whose text was never repeated whole', without(18)],
    ['ends an item with another text than its deltas told', edited(19, 'item.arguments', '{}')],
    ['ends a message without content', without(9, 5)],
    ['ends an item with another content than its parts', edited(14, 'item.content', [])],
    ['ends an item with another summary than its parts', edited(7, 'item.summary', [])],
    ['adds a refusal to a reasoning', edited(3, 'part.type', 'refusal')],
    ['adds a output_text to a message', edited(9, 'type', 'response.reasoning_summary_part.added')],
    ['adds a part while another is open', copied(9, 10)],
    ['adds a part out of order', edited(9, 'content_index', 1)],
    ['adds a part that is not empty', edited(9, 'part.text', 'x')],
    ['ends a part whose text was never repeated whole', without(12)],
    ['ends a part with another text than its deltas told', edited(13, 'part.text', 'x')],
    ['ends a part with another text than its deltas told', edited(13, 'part.type', 'refusal')],
  ])('finds: %s', (words, frames) => {
    expect(check(frames).join('\n')).toContain(words);
  });
});

function annotation(events: readonly Event[]): Event {
  const { item_id, output_index, content_index } = events[10] as Event;
  const type = 'response.output_text.annotation.added';
  return { type, item_id, output_index, content_index, annotation_index: 0, annotation: {} };
}

/** Makes the only item a search that the upstream runs by itself. */
function toHostedTool(events: Event[]): Event[] {
  const [created, inProgress, , , , , , , completed] = events;
  const item = { id: 'ws_0', type: 'web_search_call', status: 'completed' };
  return [
    created,
    inProgress,
    { type: 'response.output_item.added', output_index: 0, item },
    { type: 'response.web_search_call.searching', output_index: 0, item_id: 'ws_0' },
    { type: 'response.output_item.done', output_index: 0, item },
    { ...completed, response: { ...(completed?.['response'] as object), output: [item] } },
  ] as Event[];
}
