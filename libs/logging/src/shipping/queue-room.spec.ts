import type { JobCounts } from '@sallyport/stores';
import { QueueRoom } from './queue-room';

describe(QueueRoom.name, () => {
  const counts = jest.fn<Promise<JobCounts>, []>();
  beforeEach(() => {
    counts.mockReset();
    jest.useFakeTimers({ now: 0 });
  });
  afterEach(() => jest.useRealTimers());

  const full = expect.objectContaining({ code: 'unavailable', retryable: true }) as Error;

  it('counts what waits, what is under way and what waits for another try, and not what was set aside', async () => {
    counts.mockResolvedValue({ waiting: 2, active: 2, delayed: 2, failed: 100 });
    await new QueueRoom({ counts }, 7).ensure();
    await expect(new QueueRoom({ counts }, 6).ensure()).rejects.toEqual(full);
  });

  it('asks once a second, and counts what it adds in between', async () => {
    counts.mockResolvedValue({ waiting: 8, active: 0, delayed: 0, failed: 0 });
    const room = new QueueRoom({ counts }, 10);
    for (let i = 0; i < 2; i++) {
      await room.ensure();
      room.noteAdded();
    }
    await expect(room.ensure()).rejects.toEqual(full);
    expect(counts).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1_000);
    await room.ensure();
    expect(counts).toHaveBeenCalledTimes(2);
  });

  it('does not take a queue that does not answer for one with room', async () => {
    counts.mockRejectedValue(new Error('away'));
    const room = new QueueRoom({ counts }, 10);
    for (let i = 0; i < 2; i++) await expect(room.ensure()).rejects.toThrow('away');
    expect(counts).toHaveBeenCalledTimes(2);
  });
});
