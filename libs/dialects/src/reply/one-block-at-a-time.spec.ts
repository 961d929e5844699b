import fc from 'fast-check';
import { parseJson } from '../json/json-value';
import { OneBlockAtATime } from './one-block-at-a-time';
import type { ReplyEvent } from './reply-event';

const start = (call: number): ReplyEvent => ({ type: 'tool-start', call, id: `c${call}`, name: `f${call}` });
const args = (call: number, delta: string): ReplyEvent => ({ type: 'tool-arguments', call, delta });
const end = (call: number): ReplyEvent => ({ type: 'tool-end', call });
const text = (delta: string): ReplyEvent => ({ type: 'text', delta });
const stop: ReplyEvent = { type: 'stop', reason: 'end' };

function run(...events: ReplyEvent[]): ReplyEvent[][] {
  const stage = new OneBlockAtATime();
  return events.map((event) => [...stage.push(event)]);
}

it('lets pass what is in order already, at once', () => {
  const events = [text('a'), start(0), args(0, '{'), args(0, '}'), end(0), text('b'), start(1), end(1), stop];
  expect(run(...events)).toEqual(events.map((event) => [event]));
});

it('ends a call whose arguments are complete as soon as something else begins', () => {
  expect(run(start(0), args(0, '{"a":1}'), start(1), args(1, '{}'), text('b'), end(0), end(1), stop)).toEqual([
    [start(0)],
    [args(0, '{"a":1}')],
    [end(0), start(1)],
    [args(1, '{}')],
    [end(1), text('b')],
    [],
    [],
    [stop],
  ]);
});

it('holds back what interrupts a call, and lets it out in the order in which it began', () => {
  expect(run(start(0), text('a'), start(1), args(1, '{"b"'), text('c'), args(0, '{}'), args(1, ':2}'), stop)).toEqual([
    [start(0)],
    [],
    [],
    [],
    [],
    [args(0, '{}'), end(0), text('a'), start(1), args(1, '{"b"')],
    [args(1, ':2}'), end(1), text('c')],
    [stop],
  ]);
});

it('ends what is open, and lets out all that waits, before the reply stops', () => {
  expect(run(start(0), start(1), args(1, '{"b'), text('c'), stop)).toEqual([
    [start(0)],
    [],
    [],
    [],
    [end(0), start(1), args(1, '{"b'), end(1), text('c'), stop],
  ]);
});

it('lets usage and errors overtake', () => {
  const error: ReplyEvent = { type: 'error', error: { status: 500, message: 'x', type: '', param: null, code: null } };
  expect(run(start(0), text('held'), error)).toEqual([[start(0)], [], [error]]);
});

it('loses nothing and never interrupts a call, however the upstream mixes', () => {
  const step = fc.oneof(
    fc.tuple(fc.nat(3), fc.constantFrom('{', '}', '{}', ' ')).map(([call, delta]) => args(call, delta)),
    fc.nat(3).map(end),
    fc.constantFrom(text('a'), text('b')),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const events = wellFormed(steps);
      const out = run(...events, stop).flat();
      const joined = (list: ReplyEvent[], call: number) =>
        list.map((item) => (item.type === 'tool-arguments' && item.call === call ? item.delta : '')).join('');
      const texts = (list: ReplyEvent[]) => list.map((item) => (item.type === 'text' ? item.delta : '')).join('');
      expect(texts(out)).toBe(texts(events));
      for (let call = 0; call <= 3; call += 1) {
        const sent = joined(events, call);
        const got = joined(out, call);
        // Only what comes behind complete arguments can be missing.
        if (got !== sent) expect([sent.startsWith(got), parseJson(got)]).toEqual([true, {}]);
      }
      expectOneAtATime(out);
    }),
  );
});

/** Puts a start before the first delta of each call, and drops what comes behind its end. */
function wellFormed(steps: readonly ReplyEvent[]): ReplyEvent[] {
  const state = new Map<number, 'open' | 'ended'>();
  return steps.flatMap((step) => {
    if (step.type !== 'tool-arguments' && step.type !== 'tool-end') return [step];
    const before = state.get(step.call);
    if (before === 'ended') return [];
    state.set(step.call, step.type === 'tool-end' ? 'ended' : 'open');
    return before === undefined ? [start(step.call), step] : [step];
  });
}

function expectOneAtATime(events: readonly ReplyEvent[]): void {
  let open: number | undefined;
  for (const event of events) {
    if (event.type === 'tool-start') {
      expect(open).toBeUndefined();
      open = event.call;
    } else {
      expect('call' in event ? event.call : undefined).toBe(open);
      if (event.type === 'tool-end') open = undefined;
    }
  }
  expect(open).toBeUndefined();
}
