import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '@sallyport/testing';
import { TOKEN } from './file-server.harness';

const MAIN = join(__dirname, '../dist/main.js');

/** The built file server as a process of its own, which can be killed and limited. */
export class FileServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /**
   * Resolves when the server takes calls.
   *
   * @param prepare shell commands that run in the same process before the server does, such as `ulimit`
   * @param wrapper command that starts the shell
   */
  static async start(
    dir: string,
    options: { prepare?: string; wrapper?: readonly string[]; env?: Record<string, string> } = {},
  ): Promise<FileServerProcess> {
    const shell = ['sh', '-c', `${options.prepare ?? ':'} && exec "$0" "$@"`, process.execPath, MAIN];
    const [command = '', ...args] = [...(options.wrapper ?? []), ...shell];
    const env = {
      PATH: process.env['PATH'],
      FILE_SERVER_PORT: '0',
      FILE_SERVER_DIR: dir,
      FILE_SERVER_AUTH_TOKEN: TOKEN,
      FILE_SERVER_MIN_FREE_BYTES: '0',
      LOG_LEVEL: 'silent',
      ...options.env,
    };
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const started = once(createInterface(child.stdout), 'line') as Promise<[string]>;
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('The file server did not start')));
    const [line] = await Promise.race([started, ended]);
    return new FileServerProcess(child, (JSON.parse(line) as { url: string }).url);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /**
   * Stops the process where it stands and looks at what it has done so far.
   *
   * @returns what was seen; when it is true, the process stays stopped
   */
  async whileStopped(look: () => Promise<boolean>): Promise<boolean> {
    this.child.kill('SIGSTOP');
    await until(async () => / [Tt] /.test(await readFile(`/proc/${this.pid}/stat`, 'utf8')));
    const seen = await look();
    if (!seen) this.child.kill('SIGCONT');
    return seen;
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }

  write(path: string, content: string, mode = 'sync'): Promise<Response> {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    return fetch(`${this.url}/v1/files`, { method: 'POST', headers, body: JSON.stringify({ path, content, mode }) });
  }

  list(query: string): Promise<Response> {
    return this.ask(`?${query}`);
  }

  read(path: string): Promise<Response> {
    return this.ask(`/${path}`);
  }

  private ask(target: string): Promise<Response> {
    return fetch(`${this.url}/v1/files${target}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  }
}
