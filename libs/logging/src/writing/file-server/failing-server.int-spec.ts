import { Secret } from '@sallyport/config';
import type { WriteResult } from '../record-store.port';
import { FileServerStore } from './file-server-store';
import { answerOf, drip, onRequest, RawServer, type Misdeed } from './raw-server.fixture';

const TIMEOUT_MS = 100;

const entry = { callId: 'call-1', date: '2026-11-21', name: 'chatcmpl-1', json: '{"text":"hello"}' };
const HEAD = 'HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n';

/** Waits for the request, whose answer is then a mess. */
const answering =
  (answer: Misdeed): Misdeed =>
  (socket) =>
    onRequest(socket, () => answer(socket));

const MISDEEDS: Record<string, Misdeed> = {
  'accepts and says nothing': (socket) => void socket.resume(),
  'closes at once': (socket) => void socket.end(),
  'resets at once': (socket) => void socket.resetAndDestroy(),
  'does not read': (socket) => void socket.pause(),
  'closes when the request has come': answering((socket) => void socket.end()),
  'resets when the request has come': answering((socket) => void socket.resetAndDestroy()),
  'drips its headers': answering((socket) => drip(socket, HEAD, 'x-drop: 1\r\n')),
  'drips one header without an end': answering((socket) => drip(socket, `${HEAD}x-drop: `, 'x')),
  'stops in its headers': answering((socket) => void socket.write(HEAD)),
  'stops before its body': answering((socket) => void socket.write(answerOf('', 20))),
  'stops in its body': answering((socket) => void socket.write(answerOf('{"crea', 20))),
  'drips its body': answering((socket) => drip(socket, answerOf('', 1_000_000), ' ')),
  'drips chunks': answering((socket) => drip(socket, `${HEAD}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n')),
  'drips a body without a length': answering((socket) => drip(socket, `${HEAD}connection: close\r\n\r\n`, ' ')),
  'closes in its body': answering((socket) => void socket.end(answerOf('{"crea', 20))),
  'resets in its body': answering((socket) => {
    socket.write(answerOf('{"crea', 20), () => void socket.resetAndDestroy());
  }),
  'closes in a chunk': answering((socket) => void socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\n14\r\n{"crea`)),
  'goes on for ever with early hints': answering((socket) => drip(socket, '', 'HTTP/1.1 103 Early Hints\r\n\r\n')),
  'goes on for ever with processing': answering((socket) => drip(socket, '', 'HTTP/1.1 102 Processing\r\n\r\n')),
  'says to continue and no more': answering((socket) => void socket.write('HTTP/1.1 100 Continue\r\n\r\n')),
  'changes the protocol': answering(
    (socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
  ),
  'speaks no HTTP': answering((socket) => void socket.write('220 mail.example ESMTP\r\n')),
  'tells two lengths': answering(
    (socket) => void socket.write(`${HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`),
  ),
};

describe('a file server that', () => {
  let server: RawServer;
  const stores: FileServerStore[] = [];
  const open = (timeoutMs: number): FileServerStore => {
    const token = new Secret('token-1');
    const { url } = server;
    const store = new FileServerStore({ kind: 'file-server', url, token, pathPrefix: '', mode: 'sync', timeoutMs });
    stores.push(store);
    return store;
  };
  const write = async (store: FileServerStore, json = entry.json): Promise<WriteResult | undefined> =>
    (await store.write('b-1', [{ ...entry, json }]))[0];

  beforeEach(async () => {
    server = await RawServer.start();
  });
  afterEach(async () => {
    // The server first: what waits for it would hold up its stores.
    await server.close();
    await Promise.all(stores.splice(0).map((store) => store.close()));
  });

  const refused = { outcome: 'refused', error: { code: 'upstream_failed', retryable: true } };

  describe.each(Object.entries(MISDEEDS))('%s', (_what, misdeed) => {
    it('is given the record once more, and then has it once', async () => {
      const store = open(TIMEOUT_MS);
      server.misdeed = misdeed;
      expect(await write(store)).toMatchObject(refused);
      server.misdeed = undefined;
      expect(await write(open(60_000))).toMatchObject({ outcome: 'written' });
      expect(server.bodies).toEqual([expect.stringContaining(entry.json)]);
    });

    it('is not waited for by who only asks', async () => {
      const store = open(TIMEOUT_MS);
      server.misdeed = misdeed;
      await expect(store.check()).rejects.toMatchObject({ retryable: true });
      await expect(store.list(entry.date)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ retryable: true });
    });
  });

  it('stops to read in the middle of a large record is not waited for', async () => {
    server.misdeed = (socket) => void socket.once('data', () => socket.pause());
    expect(await write(open(TIMEOUT_MS), `"${'x'.repeat(32_000_000)}"`)).toMatchObject(refused);
  });

  it('drips the content of a file is not waited for', async () => {
    let requests = 0;
    const page = JSON.stringify({ files: [{ path: `${entry.date}/a.json`, bytes: 9 }], next_cursor: null });
    server.misdeed = answering((socket) => {
      requests += 1;
      if (requests === 1) socket.write(answerOf(page).replace('201', '200'));
      else drip(socket, answerOf('', 1_000_000).replace('201', '200'), 'x');
    });
    for await (const found of open(TIMEOUT_MS).list(entry.date)) {
      await expect(found.sha256()).rejects.toMatchObject({ retryable: true });
    }
    expect(requests).toBe(2);
  });

  it('resets a connection that it has kept open just as the next record goes out', async () => {
    let requests = 0;
    server.misdeed = answering((socket) => {
      requests += 1;
      if (requests === 2) socket.resetAndDestroy();
      else socket.write(answerOf('{"created":true}'));
    });
    const store = open(60_000);
    expect(await write(store)).toMatchObject({ outcome: 'written' });
    expect(await write(store)).toMatchObject(refused);
    expect(await write(store)).toMatchObject({ outcome: 'written' });
    expect(requests).toBe(3);
  });

  it.each([
    ['another answer', answerOf('{"created":true}')],
    ['more body', '{"created":true}'],
  ])('sends %s behind its answer is not believed about the next record', async (_what, more) => {
    let requests = 0;
    server.misdeed = answering((socket) => {
      requests += 1;
      if (requests === 1) socket.write(answerOf('{"created":true}') + more);
    });
    const store = open(TIMEOUT_MS);
    await write(store);
    expect(await write(store)).toMatchObject(refused);
  });
});
