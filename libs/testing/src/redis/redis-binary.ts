import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const INSTALL_LOCK = join(tmpdir(), 'sallyport-redis-install.lock');
const INSTALL_LIMIT_MS = 180_000;

/**
 * Finds a `redis-server` program: `REDIS_SERVER_BIN`, then the PATH, then Debian's package when this process is root.
 *
 * @returns its path; Debian's `redis-check-rdb` is the same program, which runs as a server when it is called so
 * @throws Error with one line that says what to do when there is none
 */
export async function findRedisBinary(): Promise<string> {
  const found = installedBinary();
  if (found !== undefined) return found;
  await installOnce();
  const installed = installedBinary();
  if (installed !== undefined) return installed;
  throw new Error('No redis-server found: install it, or name it in REDIS_SERVER_BIN (apt is only tried as root)');
}

function installedBinary(): string | undefined {
  const named = process.env['REDIS_SERVER_BIN'];
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new Error(`REDIS_SERVER_BIN names ${named}, which cannot be run`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = ['redis-server', 'redis-check-rdb'].flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Test suites run in parallel processes: one of them installs, the others wait for it. */
async function installOnce(): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const deadline = Date.now() + INSTALL_LIMIT_MS;
  while (!tryLock()) {
    if (Date.now() > deadline) return;
    await sleep(200);
  }
  try {
    if (installedBinary() === undefined) install();
  } finally {
    rmSync(INSTALL_LOCK, { recursive: true, force: true });
  }
}

function tryLock(): boolean {
  try {
    mkdirSync(INSTALL_LOCK);
    return true;
  } catch {
    // A lock that outlived its installer is taken over by the next run.
    const age = Date.now() - (statSync(INSTALL_LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > INSTALL_LIMIT_MS) rmSync(INSTALL_LOCK, { recursive: true, force: true });
    return false;
  }
}

/** `redis-tools` carries the program without the service that `redis-server` would install and start. */
function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: 'ignore', timeout: INSTALL_LIMIT_MS } as const;
  spawnSync('apt-get', ['update'], options);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'redis-tools'], options);
}
