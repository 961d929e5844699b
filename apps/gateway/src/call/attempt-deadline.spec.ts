import { AttemptDeadline } from './attempt-deadline';
import { CallLife, ClientClosedError, ShutdownError } from './call-life';

/** Longer than a test may take. */
const NEVER_MS = 600_000;

describe(AttemptDeadline.name, () => {
  const deadlines: AttemptDeadline[] = [];
  afterEach(() => deadlines.splice(0).forEach((deadline) => deadline.release()));
  const start = (life: CallLife, outlivesClient = false, limitMs = NEVER_MS): AttemptDeadline => {
    const deadline = new AttemptDeadline(life, limitMs, outlivesClient);
    deadlines.push(deadline);
    return deadline;
  };

  it('has passed for a call that is over already', () => {
    const life = new CallLife();
    life.leave();
    expect(start(life).signal.reason).toBeInstanceOf(ClientClosedError);
    expect(start(life, true).signal.aborted).toBe(false);
    life.cutOff();
    expect(start(life, true).signal.reason).toBeInstanceOf(ShutdownError);
  });

  it('passes with the end of its call, unless it has let go of it', () => {
    const life = new CallLife();
    const [held, lifted, released] = [start(life), start(life), start(life)];
    lifted.lift();
    released.release();
    life.leave();
    expect([held, lifted, released].map(({ signal }) => signal.aborted)).toEqual([true, true, false]);
  });

  it('passes after its time', async () => {
    const { signal } = start(new CallLife(), false, 1);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    expect(signal.reason).toMatchObject({ code: 'deadline_exceeded', retryable: true });
  });
});
