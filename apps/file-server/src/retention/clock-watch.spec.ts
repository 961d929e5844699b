import { ClockWatch } from './clock-watch';

describe(ClockWatch.name, () => {
  const HOUR = 3_600_000;
  let wall = 1_000_000 * HOUR;
  let steady = 0;
  const pass = (ms: number): void => {
    wall += ms;
    steady += ms;
  };
  const watch = new ClockWatch({ wall: () => wall, steady: () => steady });

  it('lets time pass and small corrections', () => {
    pass(100 * HOUR);
    wall += HOUR / 2;
    expect(watch.jumped()).toBe(0);
  });

  it.each([365 * 24 * HOUR, -2 * HOUR])('notices once that it was set by %i ms', (by) => {
    pass(HOUR);
    wall += by;
    expect(watch.jumped()).toBe(by);
    pass(HOUR);
    expect(watch.jumped()).toBe(0);
  });
});
