import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * What happens to requests: they pass, get the named status, wait without an answer, or reach the server and lose its
 * answer on the way back (`cut`).
 */
export type ProxyFault = 'pass' | 500 | 429 | 422 | 'hang' | 'cut';

/** Stands before a server and does to its clients what networks and overloaded servers do. */
export class FaultProxy {
  fault: ProxyFault = 'pass';
  /** Requests by what became of them. */
  readonly counts: Partial<Record<ProxyFault, number>> = {};
  private readonly waiting = new Set<ServerResponse>();

  private constructor(
    private readonly server: Server,
    private readonly target: () => string,
  ) {
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      this.serve(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  /** @param target address of the server, asked for at each request */
  static async start(target: () => string): Promise<FaultProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FaultProxy(server, target);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Lets everything pass again; what hangs is broken off. */
  heal(): void {
    this.fault = 'pass';
    for (const outgoing of this.waiting) outgoing.destroy();
    this.waiting.clear();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    // Only writes are troubled: the others belong to the test.
    const fault = incoming.method === 'POST' || incoming.method === 'PUT' ? this.fault : 'pass';
    this.counts[fault] = (this.counts[fault] ?? 0) + 1;
    if (fault === 'hang') {
      this.waiting.add(outgoing);
      outgoing.once('close', () => this.waiting.delete(outgoing));
    } else if (typeof fault === 'number') {
      outgoing.writeHead(fault, { 'content-type': 'application/json' });
      outgoing.end('{"error":{"message":"a fault of the test"}}');
    } else {
      this.pass(incoming, body, outgoing, fault === 'cut');
    }
  }

  private pass({ method, url, headers }: IncomingMessage, body: Buffer, outgoing: ServerResponse, cut: boolean): void {
    const onward = forward(`${this.target()}${url}`, { method, headers, agent: false }, (answer) => {
      answer.on('error', () => outgoing.destroy());
      if (cut) {
        answer.resume().on('end', () => outgoing.socket?.resetAndDestroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  }
}
