import { startProbe } from './probe-app.harness';

describe('draining with a delay', () => {
  it('keeps serving, not ready, until the delay is over', async () => {
    const listen = { host: '127.0.0.1', port: 0, drainMs: 60_000, drainDelayMs: 3_000 };
    const { app } = await startProbe({ listen });
    // The first call loads what the others need, so that they are quick.
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
    const closed = app.close();
    const ready = await fetch(`${app.url}/readyz`);
    const call = await fetch(`${app.url}/named/me`, { headers: { authorization: 'Bearer key-1' } });
    expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
    expect([call.status, call.headers.get('connection'), await call.text()]).toEqual([200, 'close', 'me']);
    await closed;
    await expect(fetch(`${app.url}/readyz`)).rejects.toThrow();
  });
});

describe('an address that cannot be used', () => {
  it.each([
    ['203.0.113.1', 'HOST'],
    ['no-such-host.invalid', 'HOST'],
  ])('%s is a problem of the configuration', async (host, name) => {
    const started = startProbe({ listen: { host, port: 0, drainMs: 1_000 } });
    await expect(started).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining(name) as string,
    });
  });
});
