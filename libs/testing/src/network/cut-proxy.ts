import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { CutLink, type CutPoint } from './cut-link';

/**
 * Stands between clients and a server, whatever they speak, and stops time at a chosen point of their talk, for as long
 * as a test needs to look around or to kill either of them exactly there.
 */
export class CutProxy {
  private readonly links = new Set<CutLink>();
  private point: CutPoint | undefined;
  private reached = Promise.withResolvers<void>();

  private constructor(private readonly server: Server) {}

  /** @param targetPort port of the server on this machine; nothing need listen there yet */
  static async start(targetPort: number): Promise<CutProxy> {
    const server = createServer({ allowHalfOpen: true });
    const proxy = new CutProxy(server);
    server.on('connection', (client) => proxy.link(client, targetPort));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /**
   * From now on every connection stops where it comes to this point, new ones too; the others go on.
   *
   * @returns resolves when the first one has stopped, and never when none comes there
   */
  cut(point: CutPoint): Promise<void> {
    this.heal();
    this.point = point;
    this.reached = Promise.withResolvers();
    return this.reached.promise;
  }

  /** Gives the server the requests that were stopped before it; their answers stay here. */
  letThrough(): void {
    for (const link of this.links) link.letThrough();
  }

  /** Lets everything pass again; connections that have stopped are broken off. */
  heal(): void {
    this.point = undefined;
    for (const link of this.links) if (link.hasStopped) link.breakOff();
  }

  /** Breaks off every connection and takes no more. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      for (const link of this.links) link.breakOff();
    });
  }

  private link(client: Socket, targetPort: number): void {
    const server = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    const link = new CutLink(
      client,
      server,
      () => this.point,
      () => this.reached.resolve(),
    );
    this.links.add(link);
    client.once('close', () => this.links.delete(link));
  }
}
