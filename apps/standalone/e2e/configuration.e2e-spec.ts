import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProductProcess } from './product-process';

/** Starts an app that must refuse to start, and gives what it said. */
async function refusal(app: string, variables: Record<string, string>): Promise<string> {
  const started = ProductProcess.start(app, { LOG_LEVEL: 'silent', ...variables });
  return started.then(
    async (process) => {
      await process.stop();
      throw new Error(`${app} started`);
    },
    (error: Error) => error.message,
  );
}

describe('a process with a wrong configuration', () => {
  it.each([
    ['gateway', ['GATEWAY_UPSTREAMS', 'GATEWAY_PORT', 'GATEWAY_API_KEYS', 'REDIS_URL']],
    ['masking-proxy', ['MASKING_UPSTREAM_URL', 'MASKING_PORT', 'LITELLM_MASTER_KEY']],
    ['log-ingest', ['LOG_INGEST_PORT', 'FILE_SERVER_WRITE_MODE', 'FILE_SERVER_AUTH_TOKEN', 'REDIS_URL']],
    ['file-server', ['FILE_SERVER_PORT', 'FILE_SERVER_AUTH_TOKEN']],
    ['standalone', ['GATEWAY_UPSTREAMS', 'GATEWAY_PORT', 'MASKING_PORT', 'LOG_INGEST_PORT', 'FILE_SERVER_PORT']],
  ])('%s names everything that is wrong, shows no value, and ends with code 1', async (app, wrong) => {
    const port = 'sk-secret-port';
    const message = await refusal(app, {
      HOST: '0.0.0.0',
      GATEWAY_PORT: port,
      MASKING_PORT: port,
      LOG_INGEST_PORT: port,
      FILE_SERVER_PORT: port,
      GATEWAY_UPSTREAMS: 'x=ftp://sk-secret-host',
      MASKING_UPSTREAM_URL: 'sk-secret-url',
      FILE_SERVER_WRITE_MODE: 'sk-secret-mode',
      REDIS_URL: 'sk-secret-redis',
    });
    expect(message).toContain('ended with code 1');
    for (const name of wrong) expect(message).toContain(`- ${name}`);
    expect(message).not.toContain('sk-secret');
  });

  it('log-ingest says that it needs a Redis of its own', async () => {
    expect(await refusal('log-ingest', { LOG_INGEST_PORT: '0' })).toContain('REDIS_URL');
  });

  it('says which port is taken', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-'));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const message = await refusal('file-server', { FILE_SERVER_PORT: String(port), FILE_SERVER_DIR: folder });
      expect(message).toContain(`file-server: port ${port} is taken`);
    } finally {
      server.close();
      rmSync(folder, { recursive: true });
    }
  });
});
