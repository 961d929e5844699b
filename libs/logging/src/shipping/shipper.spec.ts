import type { LogBatchSettings } from '@sallyport/config';
import { createLogger } from '@sallyport/telemetry';
import { until } from '@sallyport/testing';
import type { OutboxBatch } from '../outbox/open-batch';
import { Shipper } from './shipper';

/** Every step ends when the test says so. */
class Gate {
  readonly passed: string[] = [];
  private release = new Map<string, () => void>();

  step<T>(name: string, result: () => T): Promise<T> {
    this.passed.push(name);
    return new Promise((resolve) => this.release.set(name, () => resolve(result())));
  }

  /** Ends a step and lets everything follow that can. */
  async end(name: string): Promise<void> {
    this.release.get(name)?.();
    await settle();
  }
}

async function settle(): Promise<void> {
  await new Promise(setImmediate);
}

describe(Shipper.name, () => {
  it('takes each step of a batch only when the one before has ended', async () => {
    const gate = new Gate();
    const batches: OutboxBatch[] = [{ id: 'b-1', items: [{ key: 'k', isLarge: false }] }];
    const shipper = new Shipper({
      outbox: {
        claim: () => gate.step('claim', () => batches.shift()),
        complete: (id) => gate.step(`complete ${id}`, () => 1),
        postpone: () => gate.step('postponed', () => undefined),
      },
      queue: { add: (id, { entries }) => gate.step(`add ${id} ${entries.length}`, () => undefined) },
      books: { enlist: (id, records) => gate.step(`enlist ${id} ${records}`, () => undefined) },
      content: { of: ({ id }) => gate.step(`content ${id}`, () => []) },
      room: {
        ensure: () => gate.step('room', () => undefined),
        noteAdded: () => void gate.passed.push('added'),
      },
      limits: {} as LogBatchSettings,
      logger: createLogger('test', 'silent'),
    });
    shipper.start();
    const inOrder = ['claim', 'room', 'content b-1', 'enlist b-1 0', 'add b-1 0'];
    for (const [index, step] of inOrder.entries()) {
      await settle();
      expect(gate.passed).toEqual(inOrder.slice(0, index + 1));
      await gate.end(step);
    }
    expect(gate.passed).toEqual([...inOrder, 'added', 'complete b-1']);
    const stopped = shipper.stop(0);
    await gate.end('complete b-1');
    await stopped;
    expect(gate.passed).toHaveLength(7);
  });

  it('tells of records that wait for five seconds, once, and once that they move again', async () => {
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    const logger = createLogger('test', 'silent');
    const [warn, info] = [jest.spyOn(logger, 'warn'), jest.spyOn(logger, 'info')];
    let attempts = 0;
    let away = true;
    const batch: OutboxBatch = { id: 'b-1', items: [] };
    const shipper = new Shipper({
      outbox: {
        claim: () => Promise.resolve(batch),
        complete: () => Promise.resolve(0),
        postpone: () => Promise.resolve(),
      },
      queue: { add: () => Promise.resolve() },
      books: { enlist: () => Promise.resolve() },
      content: { of: () => Promise.resolve([]) },
      room: {
        ensure: async () => {
          attempts += 1;
          await settle();
          if (away) throw new Error('no room');
        },
        noteAdded: () => undefined,
      },
      limits: {} as LogBatchSettings,
      logger,
    });
    const furtherAttempts = (): Promise<void> => {
      const target = attempts + 2;
      return until(() => attempts >= target);
    };
    shipper.start();
    try {
      await furtherAttempts();
      now = 4_999;
      await furtherAttempts();
      expect(warn).not.toHaveBeenCalled();
      now = 5_000;
      await furtherAttempts();
      expect(warn.mock.calls).toEqual([[{ reason: 'no room' }, 'log records wait in the outbox']]);
      away = false;
      await furtherAttempts();
      expect(info).toHaveBeenCalledTimes(1);
    } finally {
      await shipper.stop(0);
      clock.mockRestore();
    }
    expect(warn).toHaveBeenCalledTimes(1);
  });
});
