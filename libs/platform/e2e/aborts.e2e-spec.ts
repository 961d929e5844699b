import { get, request, type IncomingMessage } from 'node:http';
import type { RequestObserver } from '../src';
import { startProbe, type Probe } from './probe-app.harness';

class Calls implements RequestObserver {
  inFlight = 0;
  readonly statuses: string[] = [];

  started(): void {
    this.inFlight += 1;
  }

  ended(_method: string, route: string, status: number): void {
    this.inFlight -= 1;
    this.statuses.push(`${route} ${status}`);
  }
}

describe('a client that goes away', () => {
  const calls = new Calls();
  const headers = { authorization: 'Bearer key-1' };
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe({ observer: calls });
  });
  afterAll(() => probe.app.close());
  beforeEach(() => {
    calls.statuses.length = 0;
  });

  it('is told once as 499 when it leaves before the reply begins', async () => {
    const call = request(`${probe.app.url}/silent`, { headers }).on('error', () => undefined);
    call.end();
    while (calls.inFlight === 0) await new Promise(setImmediate);
    call.destroy();
    expect(await probe.line({ path: '/silent' })).toMatchObject({ status: 499, client_ip: '127.0.0.1' });
    expect([calls.inFlight, calls.statuses]).toEqual([0, ['/silent 499']]);
  });

  it('is told once as 499 when it leaves in the middle of a stream', async () => {
    const reply = await new Promise<IncomingMessage>((resolve) =>
      get(`${probe.app.url}/endless`, { headers }, resolve),
    );
    await new Promise((resolve) => reply.once('data', resolve));
    reply.destroy();
    expect(await probe.line({ path: '/endless' })).toMatchObject({ status: 499 });
    expect([calls.inFlight, calls.statuses]).toEqual([0, ['/endless 499']]);
  });

  it('is told with the status of the reply when it stays', async () => {
    await (await fetch(`${probe.app.url}/named/me`, { headers })).text();
    expect(await probe.line({ path: '/named/me' })).toMatchObject({ status: 200 });
    expect([calls.inFlight, calls.statuses]).toEqual([0, ['/named/:name 200']]);
  });
});
