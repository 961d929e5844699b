import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { CutProxy } from './cut-proxy';

/** Says each piece back in capitals, and ends when its client does. */
async function startShouter(heard: string[]): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      heard.push(String(bytes));
      socket.write(String(bytes).toUpperCase());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe(CutProxy.name, () => {
  const heard: string[] = [];
  let shouter: Server;
  let proxy: CutProxy;

  beforeEach(async () => {
    heard.length = 0;
    shouter = await startShouter(heard);
    proxy = await CutProxy.start((shouter.address() as AddressInfo).port);
  });
  afterEach(async () => {
    await proxy.close();
    await new Promise<void>((resolve) => shouter.close(() => resolve()));
  });

  const dial = (): Socket => connect({ port: proxy.port, host: '127.0.0.1', noDelay: true });
  const answerTo = (text: string): Promise<string> => {
    const socket = dial();
    socket.end(text);
    return buffer(socket).then(String);
  };
  const nextAnswer = (socket: Socket): Promise<string> =>
    new Promise((resolve) => socket.once('data', (bytes) => resolve(String(bytes))));
  const broken = (socket: Socket): Promise<void> =>
    new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.once('close', () => resolve());
    });

  it('passes everything on that no cut is about', async () => {
    const cut = jest.fn();
    void proxy.cut({ at: 'stop', moment: 'before' }).then(cut);
    expect(await answerTo('go on')).toBe('GO ON');
    expect(cut).not.toHaveBeenCalled();
  });

  it.each([1, 2, 3])('stops before the server gets the last of the bytes, split after %d of them', async (at) => {
    const cut = proxy.cut({ at: 'stop', moment: 'before' });
    const socket = dial();
    const end = broken(socket);
    socket.write('go '.concat('stop'.slice(0, at)));
    expect(await nextAnswer(socket)).toBe('GO '.concat('STOP'.slice(0, at)));
    socket.write('stop'.slice(at));
    await cut;
    expect(await answerTo('another')).toBe('ANOTHER');
    expect(heard.join('')).toBe(`go ${'stop'.slice(0, at)}another`);
    proxy.heal();
    await end;
    expect(heard.join('')).toBe(`go ${'stop'.slice(0, at)}another`);
  });

  it('lets the server have what was stopped, and keeps the answer', async () => {
    const cut = proxy.cut({ at: 'stop', moment: 'before' });
    const socket = dial();
    const answered = jest.fn();
    socket.on('data', answered);
    const end = broken(socket);
    socket.write('stop');
    await cut;
    proxy.letThrough();
    for (const end = Date.now() + 60_000; !heard.includes('stop') && Date.now() < end;) await setImmediate();
    expect(heard).toEqual(['stop']);
    expect(await answerTo('another')).toBe('ANOTHER');
    proxy.heal();
    await end;
    expect(answered).not.toHaveBeenCalled();
  });

  it('stops after the server has answered, which the client does not learn', async () => {
    const cut = proxy.cut({ at: 'stop', moment: 'answered' });
    const socket = dial();
    const answered = jest.fn();
    socket.on('data', answered);
    const end = broken(socket);
    socket.write('stop');
    await cut;
    expect(heard).toEqual(['stop']);
    proxy.heal();
    await end;
    expect(answered).not.toHaveBeenCalled();
  });

  it('stops nothing any more once it is healed', async () => {
    const cut = proxy.cut({ at: 'stop', moment: 'before' });
    const socket = dial();
    const end = broken(socket);
    socket.write('stop');
    await cut;
    proxy.heal();
    await end;
    expect(await answerTo('stop')).toBe('STOP');
    expect(heard).toEqual(['stop']);
  });

  it('breaks off the client when nothing listens behind it', async () => {
    await new Promise<void>((resolve) => shouter.close(() => resolve()));
    await broken(dial());
  });
});
