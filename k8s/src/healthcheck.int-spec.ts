import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { REPOSITORY } from './dockerfile';

/** Runs the container's health check against a port and gives its exit code. */
async function check(port: number, path: string): Promise<unknown> {
  const child = spawn(process.execPath, [join(REPOSITORY, 'docker/healthcheck.js'), path], {
    env: { MASKING_PORT: String(port) },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

it('tells an app that answers from one that does not', async () => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/livez' ? 200 : 503).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    expect(await check(port, '/livez')).toBe(0);
    expect(await check(port, '/readyz')).toBe(1);
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
  expect(await check(port, '/livez')).toBe(1);
});
