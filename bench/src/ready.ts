import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Says where a bench server listens, in the form of the apps' own ready line. */
export function announce(server: Server): void {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ event: 'ready', url: `http://127.0.0.1:${port}` })}\n`);
}
