import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@sallyport/testing';

/** Its build output; package.json names it as an implicit dependency, so it is built before these tests. */
const MAIN = join(__dirname, '../../file-server/dist/main.js');

const PORT_ATTEMPTS = 5;

/** The real file server as a process of its own, on the same port and folder after every start. */
export class FileServerProcess {
  private child: ChildProcess | undefined;

  private constructor(
    private env: Readonly<Record<string, string>>,
    readonly url: string,
  ) {}

  static async start(dir: string, token: string, maxBodyBytes: number): Promise<FileServerProcess> {
    for (let attempt = 1; ; attempt += 1) {
      const port = await freePort();
      const env = {
        FILE_SERVER_PORT: String(port),
        FILE_SERVER_DIR: dir,
        FILE_SERVER_AUTH_TOKEN: token,
        FILE_SERVER_MAX_BODY_BYTES: String(maxBodyBytes),
        LOG_LEVEL: 'silent',
      };
      const server = new FileServerProcess(env, `http://127.0.0.1:${port}`);
      try {
        await server.restart();
        return server;
      } catch (error) {
        // Another process may have taken the port meanwhile.
        if (attempt === PORT_ATTEMPTS) throw error;
      }
    }
  }

  /** Resolves when the server has printed that it is ready. */
  async restart(): Promise<void> {
    const child = spawn(process.execPath, [MAIN], { env: this.env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    await Promise.race([
      once(child.stdout, 'data'),
      once(child, 'exit').then(() => Promise.reject(new Error('The file server did not start'))),
    ]);
  }

  /** Starts it anew with another limit for bodies. */
  async restartWith(maxBodyBytes: number): Promise<void> {
    await this.kill();
    this.env = { ...this.env, FILE_SERVER_MAX_BODY_BYTES: String(maxBodyBytes) };
    await this.restart();
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
