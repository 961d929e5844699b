import type { Logger } from '@sallyport/telemetry';
import { Outage } from './outage';

describe(Outage.name, () => {
  it('tells of an outage once, and once of its end, however records fit and do not fit by turns', () => {
    const [error, info] = [jest.fn(), jest.fn()];
    let now = 1_000_000;
    const outage = new Outage({ error, info } as unknown as Logger, 'shed', () => now);
    outage.noteAccepted();
    for (let i = 0; i < 10; i++) {
      outage.noteRefused('no room');
      now += 1_000;
      outage.noteAccepted();
    }
    expect(info).not.toHaveBeenCalled();
    now += 5_000;
    outage.noteAccepted();
    outage.noteAccepted();
    expect(error.mock.calls).toEqual([
      [{ reason: 'no room', on_full: 'shed' }, 'the log outbox is full and records are given up'],
    ]);
    expect(info.mock.calls).toEqual([[{ refused: 10, seconds: 15 }, 'the log outbox takes records again']]);
    outage.noteRefused('no room');
    expect(error).toHaveBeenCalledTimes(2);
  });
});
