import { connect } from 'node:net';
import { Secret } from '@sallyport/config';
import { startProbe, type Probe } from './probe-app.harness';

describe('API keys', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe({ docs: { title: 'Probe', description: '' } });
  });
  afterAll(() => probe.app.close());

  const echo = (headers: Record<string, string>, body = '{}'): Promise<Response> =>
    fetch(`${probe.app.url}/echo`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it.each(['/echo', '/nowhere'])('answers %s without waiting for the body that the caller announces', async (path) => {
    const socket = connect(Number(new URL(probe.app.url).port), '127.0.0.1');
    const head = [`POST ${path} HTTP/1.1`, 'host: x', 'content-type: application/json', 'content-length: 33000000'];
    socket.write(`${head.join('\r\n')}\r\n\r\n{`);
    const expected = path === '/echo' ? 'missing_key' : 'not_found';
    let answer = '';
    for await (const piece of socket) {
      answer += String(piece);
      if (answer.includes(expected)) break;
    }
    expect(answer).toContain(expected);
  });

  it('looks at the key before the body', async () => {
    expect((await echo({}, '{"broken":')).status).toBe(401);
    expect((await echo({ authorization: 'Bearer nope' }, '{"broken":')).status).toBe(401);
    expect((await echo({ authorization: 'Bearer key-1' }, '{"broken":')).status).toBe(422);
  });

  it('tells the handler which key it was', async () => {
    const reply = await echo({ 'x-api-key': 'key-2' });
    expect(await reply.json()).toMatchObject({ key: new Secret('key-2').fingerprint() });
  });

  it.each([
    ['an empty header beside a valid one', { 'x-api-key': '', authorization: 'Bearer key-1' }, 200],
    ['a wrong key beside a valid one', { 'x-litellm-api-key': 'other', 'x-api-key': 'key-1' }, 200],
    ['empty headers only', { 'x-api-key': '', authorization: 'Bearer ' }, 'missing_key'],
    ['wrong keys only', { 'x-api-key': 'other', authorization: 'Bearer another' }, 'wrong_key'],
  ])('takes %s for what it is', async (_what, headers, expected) => {
    const reply = await echo(headers);
    const answer = (await reply.json()) as { error?: { code: string } };
    expect(answer.error?.code ?? reply.status).toBe(expected);
  });

  it.each(['/livez', '/readyz', '/metrics', '/docs', '/docs-json'])('asks for no key at %s', async (path) => {
    expect((await fetch(probe.app.url + path)).status).toBe(200);
  });

  it.each(['/silent', '/named/livez', '/%65cho'])('asks for a key at %s', async (path) => {
    const method = path.endsWith('cho') ? 'POST' : 'GET';
    expect((await fetch(probe.app.url + path, { method })).status).toBe(401);
  });
});
