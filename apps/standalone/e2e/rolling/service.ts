import { setTimeout as sleep } from 'node:timers/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const LOOKS_EVERY_MS = 100;
const LOOK_LIMIT_MS = 1_000;
/** Only ends what hangs. */
const READY_LIMIT_MS = 120_000;

/**
 * Spreads connections over those of its endpoints that say they are ready, one after the other, as a Service of
 * Kubernetes does: it knows nothing of HTTP but `/readyz`, and a connection stays where it once went.
 */
export class Service {
  private readonly ready = new Map<string, boolean>();
  private readonly looks: NodeJS.Timeout;
  private readonly sockets = new Set<Socket>();
  private turn = 0;

  private constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => this.pass(socket));
    this.looks = setInterval(() => void this.look(), LOOKS_EVERY_MS);
  }

  static async start(): Promise<Service> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Service(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /**
   * Resolves when the endpoint gets connections.
   *
   * @throws Error when it is never ready
   */
  async add(url: string): Promise<void> {
    this.ready.set(url, false);
    for (const end = Date.now() + READY_LIMIT_MS; this.ready.get(url) !== true;) {
      if (Date.now() > end) throw new Error(`${url} is never ready`);
      await sleep(LOOKS_EVERY_MS);
    }
  }

  remove(url: string): void {
    this.ready.delete(url);
  }

  async close(): Promise<void> {
    clearInterval(this.looks);
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async look(): Promise<void> {
    const looks = [...this.ready.keys()].map(async (url) => {
      const isReady = await saysReady(url);
      // It may have been removed meanwhile; and no answer in time is none: the machine may be busy.
      if (isReady !== undefined && this.ready.has(url)) this.ready.set(url, isReady);
    });
    await Promise.all(looks);
  }

  private pass(client: Socket): void {
    const endpoints = [...this.ready].filter(([, isReady]) => isReady).map(([url]) => new URL(url));
    this.turn += 1;
    const endpoint = endpoints[this.turn % endpoints.length];
    if (endpoint === undefined) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: Number(endpoint.port), host: endpoint.hostname, allowHalfOpen: true });
    client.pipe(server).pipe(client);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroySoon();
      });
    }
  }
}

/** Undefined when it does not say so in time. */
async function saysReady(url: string): Promise<boolean | undefined> {
  try {
    const signal = AbortSignal.timeout(LOOK_LIMIT_MS);
    const answer = await fetch(`${url}/readyz`, { headers: { connection: 'close' }, signal });
    await answer.body?.cancel();
    return answer.ok;
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? undefined : false;
  }
}
