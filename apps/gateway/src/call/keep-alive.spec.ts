import { keptAlive } from './keep-alive';

const PING = Buffer.from(':p;');

/** A source that waits for each item to be let go. */
function gated(): {
  source: AsyncGenerator<Uint8Array>;
  push: (text: string) => void;
  end: () => void;
  returned: boolean[];
} {
  const waiting: ((text: string | undefined) => void)[] = [];
  const ready: (string | undefined)[] = [];
  const returned: boolean[] = [];
  const give = (text: string | undefined): void => {
    const taker = waiting.shift();
    if (taker === undefined) ready.push(text);
    else taker(text);
  };
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const text =
          ready.length > 0 ? ready.shift() : await new Promise<string | undefined>((take) => waiting.push(take));
        if (text === undefined) return;
        yield Buffer.from(text);
      }
    } finally {
      returned.push(true);
    }
  }
  return { source: source(), push: give, end: () => give(undefined), returned };
}

const textOf = ({ value }: IteratorResult<Uint8Array>): string => Buffer.from(value as Uint8Array).toString();

describe(keptAlive.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('pings in silence, as often as it lasts, and hands on what comes then', async () => {
    const { source, push, end } = gated();
    const kept = keptAlive(source, PING, 15_000);
    for (let round = 0; round < 3; round += 1) {
      const next = kept.next();
      await jest.advanceTimersByTimeAsync(15_000);
      expect(textOf(await next)).toBe(':p;');
    }
    push('event');
    expect(textOf(await kept.next())).toBe('event');
    end();
    expect((await kept.next()).done).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not ping while events come', async () => {
    const { source, push, end } = gated();
    const kept = keptAlive(source, PING, 15_000);
    const seen: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const next = kept.next();
      await jest.advanceTimersByTimeAsync(14_000);
      push(String(round));
      seen.push(textOf(await next));
    }
    end();
    expect(seen).toEqual(['0', '1', '2', '3']);
    expect((await kept.next()).done).toBe(true);
  });

  it('passes on a failure and stops its clock', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('a'));
      throw new Error('cut');
    }
    const kept = keptAlive(broken(), PING, 15_000);
    expect(textOf(await kept.next())).toBe('a');
    await expect(kept.next()).rejects.toThrow('cut');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('stops its clock when its reader leaves, and lets its source go on', async () => {
    const { source, push, returned } = gated();
    const kept = keptAlive(source, PING, 15_000);
    push('a');
    await kept.next();
    await kept.return(undefined);
    expect(returned).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
    push('b');
    expect(textOf(await source.next())).toBe('b');
  });
});
