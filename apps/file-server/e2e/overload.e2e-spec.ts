import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { until } from '@sallyport/testing';
import { startTestServer, TOKEN, type TestServer } from './file-server.harness';
import { metricOf } from './observe';

const BODY = '{"path":"slow","content":"x","mode":"sync"}';

/**
 * A write whose body does not come, until it is told to.
 *
 * @param length of the body, or the header that stands in its place
 */
async function beginWrite({ app: { url } }: TestServer, length: number | string = BODY.length): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  const lines = ['POST /v1/files HTTP/1.1', 'host: x', `authorization: Bearer ${TOKEN}`, 'connection: close'];
  lines.push(
    'content-type: application/json',
    typeof length === 'string' ? length : `content-length: ${length}`,
    '',
    '',
  );
  socket.write(lines.join('\r\n'));
  return socket;
}

describe('more writes than the file server takes', () => {
  let server: TestServer;
  const waiting = (): Promise<number | undefined> => metricOf(server.app.url, 'file_server_writes_waiting');
  /** The whole answer; its connection is not used again. */
  const answerOn = async (socket: Socket): Promise<string> => (await buffer(socket)).toString();
  const waitFor = (count: number): Promise<void> => until(async () => (await waiting()) === count);
  afterEach(() => server.stop());

  it('are refused before their bodies come, and reads and lists go on', async () => {
    server = await startTestServer({ concurrency: 1, maxWaiting: 1 });
    expect((await server.write('there', 'x')).status).toBe(202);
    const [first, second] = [await beginWrite(server), await beginWrite(server)];
    await waitFor(2);
    const refused = await beginWrite(server, 900_000);
    expect(await answerOn(refused)).toMatch(/^HTTP\/1.1 503 .*\r\nretry-after: 1\r\n.*"code":"unavailable"/is);
    expect(await (await server.get('/v1/files/there')).text()).toBe('x');
    expect((await server.get('/v1/files')).status).toBe(200);
    expect(await metricOf(server.app.url, 'file_server_writes_refused_total{reason="waiting"}')).toBe(1);

    first.write(BODY);
    expect(await answerOn(first)).toMatch(/^HTTP\/1.1 201 /);
    await waitFor(1);
    expect((await server.write('next', 'x')).status).toBe(202);
    second.destroy();
    await waitFor(0);
  });

  it('are refused when their bodies are too large together', async () => {
    server = await startTestServer({ maxHeldBytes: 2_000_000 });
    const sockets = [await beginWrite(server, 900_000), await beginWrite(server, 900_000)];
    await waitFor(2);
    expect((await server.write('small', 'x')).status).toBe(202);
    const refused = await server.write('large', 'x'.repeat(300_000));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await metricOf(server.app.url, 'file_server_writes_refused_total{reason="memory"}')).toBe(1);
    for (const socket of sockets) socket.destroy();
    await waitFor(0);
    expect((await server.write('large', 'x'.repeat(300_000))).status).toBe(202);
  });

  it('count as long as a body may be when they do not say their length, and never as longer', async () => {
    server = await startTestServer({ maxBodyBytes: 1_000, maxHeldBytes: 1_500 });
    const unknown = await beginWrite(server, 'transfer-encoding: chunked');
    await waitFor(1);
    expect((await server.write('a', 'x'.repeat(600))).status).toBe(503);
    unknown.destroy();
    await waitFor(0);
    const short = await beginWrite(server);
    await waitFor(1);
    expect((await server.write('a', 'x'.repeat(2_000))).status).toBe(413);
    short.destroy();
    await waitFor(0);
  });

  it('need a key to take a seat', async () => {
    server = await startTestServer({ concurrency: 1, maxWaiting: 0 });
    const reply = await fetch(`${server.app.url}/v1/files`, { method: 'POST', body: 'x' });
    expect(reply.status).toBe(401);
    expect((await server.write('a', 'x')).status).toBe(202);
    await waitFor(0);
  });

  it('that all get through leave nothing behind', async () => {
    server = await startTestServer({ concurrency: 2, maxWaiting: 100 });
    const replies = await Promise.all(Array.from({ length: 100 }, (_, n) => server.write(`a/${n}`, n, 'sync')));
    expect(replies.map(({ status }) => status)).toEqual(Array(100).fill(201));
    await waitFor(0);
    expect(await metricOf(server.app.url, 'file_server_writes_working')).toBe(0);
  });
});
