import { Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { PROBE_MODULE, startProbe, type Probe } from './probe-app.harness';

@Module(PROBE_MODULE)
class ModuleWithMiddleware implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    const fail = (): never => {
      throw new Error('a private prompt');
    };
    consumer.apply(fail).forRoutes('silent');
  }
}

describe('refusals', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe({ module: ModuleWithMiddleware });
  });
  afterAll(() => probe.app.close());

  const headers = { authorization: 'Bearer key-1' };
  const target = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;

  it.each([
    ['a request line that is none', 'nonsense\r\n\r\n', 400],
    ['headers that are too large', `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ['a path that cannot be decoded', target('/%ff%fe?key=hidden'), 400],
    ['a parameter that is too long', target(`/named/${'n'.repeat(1_100)}?key=hidden`), 414],
  ])('tell of %s in the form of all errors', async (_what, text, status) => {
    const reply = await probe.raw(text);
    expect(reply.status).toBe(status);
    expect(reply.head).toMatch(/\r\nx-request-id: [0-9a-f-]{36}/);
    expect(JSON.parse(reply.body)).toMatchObject({
      error: { code: 'invalid_request', type: 'invalid_request_error', param: null },
    });
    expect(reply.body).not.toMatch(/hidden|nnnn|%ff/);
    const [, id] = /x-request-id: (\S+)/.exec(reply.head) ?? [];
    expect(await probe.line({ request_id: id })).toMatchObject({ status });
  });

  it('of a failed middleware come in the form of all errors', async () => {
    const reply = await fetch(`${probe.app.url}/silent`, { headers: { ...headers, 'x-request-id': 'mine' } });
    expect([reply.status, reply.headers.get('x-request-id')]).toEqual([500, 'mine']);
    expect(await reply.json()).toMatchObject({ error: { code: 'internal' } });
  });

  it.each(['/nowhere', '/named/'])('name no query: %s', async (path) => {
    const reply = await fetch(`${probe.app.url}${path}?key=hidden`, { headers });
    expect([reply.status, await reply.text()]).toEqual([404, expect.not.stringContaining('hidden')]);
    expect(await probe.line({ path, status: 404 })).toBeDefined();
    expect(JSON.stringify(probe.lines)).not.toContain('hidden');
  });

  it('put no more than 256 characters of a path into the log', async () => {
    const path = `/${'long'.repeat(200)}`;
    expect((await fetch(probe.app.url + path)).status).toBe(404);
    expect(await probe.line({ path: path.slice(0, 256) })).toBeDefined();
  });

  it('of the server are logged with their code and the system error behind them', async () => {
    await fetch(`${probe.app.url}/failed`, { headers: { ...headers, 'x-request-id': 'failed-1' } });
    expect(await probe.line({ request_id: 'failed-1', level: 'warn' })).toMatchObject({
      code: 'upstream_failed',
      cause: 'Error: connect ECONNREFUSED 127.0.0.1:1',
    });
  });

  it('are logged without a cause that may quote a payload', async () => {
    await fetch(`${probe.app.url}/failed-on-payload`, { headers: { ...headers, 'x-request-id': 'failed-2' } });
    expect(await probe.line({ request_id: 'failed-2', level: 'warn' })).toMatchObject({ code: 'upstream_failed' });
    expect(JSON.stringify(probe.lines.filter((line) => line['level'] === 'warn'))).not.toContain('private');
  });
});
