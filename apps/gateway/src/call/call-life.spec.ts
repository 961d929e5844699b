import { CallLife, ClientClosedError, ShutdownError } from './call-life';

describe(CallLife.name, () => {
  it('ends what nobody waits for when the client leaves, and cuts nothing', () => {
    const life = new CallLife();
    life.leave();
    expect(life.unwanted.reason).toBeInstanceOf(ClientClosedError);
    expect([life.clientLeft, life.cut.aborted]).toEqual([true, false]);
  });

  it('ends all when the gateway stops, and does not take the cut connection for a client that left', () => {
    const life = new CallLife();
    life.cutOff();
    life.leave();
    expect([life.unwanted.reason, life.cut.reason]).toEqual([expect.any(ShutdownError), expect.any(ShutdownError)]);
    expect(life.clientLeft).toBe(false);
  });

  it('cuts what outlived its client', () => {
    const life = new CallLife();
    life.leave();
    life.cutOff();
    expect(life.unwanted.reason).toBeInstanceOf(ClientClosedError);
    expect(life.cut.reason).toBeInstanceOf(ShutdownError);
    expect(life.clientLeft).toBe(true);
  });
});
