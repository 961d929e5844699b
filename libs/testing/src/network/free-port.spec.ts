import { createServer, type Server } from 'node:net';
import { freePort } from './free-port';

const listenOn = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

describe(freePort.name, () => {
  afterEach(() => jest.restoreAllMocks());

  it('gives a port that can be listened on, and another one while it is taken', async () => {
    const chance = jest.spyOn(Math, 'random');
    chance.mockReturnValueOnce(0.4711);
    const port = await freePort();
    const server = await listenOn(port);
    const asked = chance.mock.calls.length;
    chance.mockReturnValueOnce(0.4711);
    const other = await freePort();
    server.close();
    expect(chance.mock.calls.length).toBeGreaterThan(asked + 1);
    expect(other).not.toBe(port);
  });

  it('gives none that Linux gives to whoever asks for any', async () => {
    jest.spyOn(Math, 'random').mockReturnValueOnce(0.999_999);
    expect(await freePort()).toBeLessThan(32_768);
  });
});
