import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Secret, type FileServerSettings } from '@sallyport/config';
import type { RunningApp } from '@sallyport/platform';
import { startFileServer } from '../src';

export const TOKEN = 'token-1';

/** A running file server with a folder of its own, and ways to talk to it. */
export interface TestServer {
  readonly app: RunningApp;
  /** The folder around the server's base folder, for what it must not touch. */
  readonly outside: string;
  readonly base: string;
  write(path: unknown, content: unknown, mode?: string): Promise<Response>;
  post(body: string): Promise<Response>;
  get(target: string, more?: RequestInit): Promise<Response>;
  /** Sends a request line as it is: no client in between that would tidy up the target. */
  raw(target: string): Promise<{ status: number; body: string }>;
  stop(): Promise<void>;
}

/** Settings of the server that a test wants otherwise. */
export type TestOptions = Partial<Omit<FileServerSettings, 'baseDir'>> & { readonly base?: string };

export async function startTestServer(options: TestOptions = {}): Promise<TestServer> {
  const outside = await mkdtemp(join(tmpdir(), 'sallyport-files-'));
  const { base = join(outside, 'base'), ...settings } = options;
  const app = await startFileServer({
    listen: { host: '127.0.0.1', port: 0, drainMs: 1_000 },
    token: new Secret(TOKEN),
    baseDir: base,
    maxBodyBytes: 1_000_000,
    concurrency: 32,
    maxWaiting: 512,
    maxHeldBytes: 100_000_000,
    minFreeBytes: 0,
    retentionDays: 0,
    logLevel: 'silent',
    ...settings,
  });
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const post = (body: string): Promise<Response> => fetch(`${app.url}/v1/files`, { method: 'POST', headers, body });
  return {
    app,
    outside,
    base,
    post,
    write: (path, content, mode) => post(JSON.stringify({ path, content, mode })),
    get: (target, more) => fetch(app.url + target, { ...more, headers: { ...headers, ...(more?.headers as object) } }),
    raw: (target) => sendRaw(app.url, target),
    stop: async () => {
      await app.close();
      await rm(outside, { recursive: true, force: true });
    },
  };
}

async function sendRaw(url: string, target: string): Promise<{ status: number; body: string }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const lines = [`GET ${target} HTTP/1.1`, 'host: x', `authorization: Bearer ${TOKEN}`, 'connection: close', '', ''];
  socket.write(lines.join('\r\n'));
  const answer = (await buffer(socket)).toString('utf8');
  const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
  return { status: Number(head.split(' ')[1]), body };
}
