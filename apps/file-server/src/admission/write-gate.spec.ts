import { WriteGate, type RefusalReason, type WriteSeat } from './write-gate';

/** Work that ends when it is told to. */
class Work {
  begun = false;
  end: () => void = () => undefined;
  readonly done: Promise<string>;

  constructor(seat: WriteSeat) {
    this.done = seat.run(() => {
      this.begun = true;
      return new Promise((resolve) => {
        this.end = () => resolve('done');
      });
    });
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function refusalOf(gate: WriteGate): unknown {
  try {
    return gate.admit(1);
  } catch (error) {
    return error;
  }
}

describe(WriteGate.name, () => {
  let refusals: RefusalReason[];
  const open = (concurrency: number, maxWaiting: number, maxHeldBytes = 1_000): WriteGate => {
    refusals = [];
    return new WriteGate({ concurrency, maxWaiting, maxHeldBytes }, (reason) => refusals.push(reason));
  };

  it('lets so many work at a time, and the others one after the other as they came', async () => {
    const gate = open(2, 10);
    const works = Array.from({ length: 5 }, () => new Work(gate.admit(1)));
    await settle();
    expect(works.map(({ begun }) => begun)).toEqual([true, true, false, false, false]);
    expect([gate.working, gate.waiting]).toEqual([2, 3]);
    works[1]?.end();
    await settle();
    expect(works.map(({ begun }) => begun)).toEqual([true, true, true, false, false]);
    works[0]?.end();
    works[2]?.end();
    await settle();
    expect(works.every(({ begun }) => begun)).toBe(true);
    expect([gate.working, gate.waiting]).toEqual([2, 3]);
  });

  it('lets nobody overtake who waits', async () => {
    const gate = open(1, 10);
    const first = new Work(gate.admit(1));
    const second = new Work(gate.admit(1));
    await settle();
    first.end();
    const late = new Work(gate.admit(1));
    await settle();
    expect([second.begun, late.begun]).toEqual([true, false]);
  });

  it('refuses when too many are there, until one has left', () => {
    const gate = open(1, 1);
    const [first] = [gate.admit(1), gate.admit(1)];
    expect(refusalOf(gate)).toMatchObject({ code: 'unavailable', retryable: true, retryAfterSeconds: 1 });
    expect(refusals).toEqual(['waiting']);
    first?.leave();
    expect(() => gate.admit(1)).not.toThrow();
  });

  it('refuses bodies that are too large together, but none that is alone', () => {
    const gate = open(10, 10, 100);
    const alone = gate.admit(101);
    expect(refusalOf(gate)).toMatchObject({ code: 'unavailable', retryable: true });
    expect(refusals).toEqual(['memory']);
    alone.leave();
    gate.admit(60);
    gate.admit(40);
    expect(() => gate.admit(1)).toThrow();
  });

  it('does nothing for clients that left while they waited', async () => {
    const gate = open(1, 2);
    const working = new Work(gate.admit(1));
    const seats = [gate.admit(1), gate.admit(1)];
    const [left, next] = seats.map((seat) => new Work(seat));
    seats[0]?.leave();
    await expect(left?.done).rejects.toMatchObject({ code: 'unavailable' });
    working.end();
    await settle();
    expect([left?.begun, next?.begun]).toEqual([false, true]);
    const gone = gate.admit(1);
    gone.leave();
    await expect(new Work(gone).done).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('keeps the seat of work that outlives its client', async () => {
    const gate = open(1, 0);
    const seat = gate.admit(1);
    const work = new Work(seat);
    await settle();
    seat.leave();
    expect(() => gate.admit(1)).toThrow();
    work.end();
    await work.done;
    expect([gate.working, gate.waiting]).toEqual([0, 0]);
    expect(() => gate.admit(1)).not.toThrow();
  });

  it('hands the turn on when work fails', async () => {
    const gate = open(1, 1);
    const failing = gate.admit(1).run(() => Promise.reject(new Error('disk')));
    const next = new Work(gate.admit(1));
    await expect(failing).rejects.toThrow('disk');
    next.end();
    await expect(next.done).resolves.toBe('done');
  });
});
