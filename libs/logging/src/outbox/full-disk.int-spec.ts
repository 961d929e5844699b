import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutboxSettings } from '@sallyport/config';
import { until } from '@sallyport/testing';
import { RemoteOutbox, SETTINGS } from './outbox.fixture';

const TEXT = `"${'x'.repeat(9_000)}"`;
const LARGE_TEXT = `"${'x'.repeat(3_000_000)}"`;

/** Whether this user may have a file system of a given size to himself. */
function mayMount(): boolean {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface Filled {
  readonly accepted: number;
  readonly refusal: string | null;
}

describe.each(['block', 'shed'] as const)('an outbox on a full disk (%s)', (onFull) => {
  const settings: OutboxSettings = { ...SETTINGS, onFull };
  const refusal = onFull === 'block' ? 'storage_full' : null;
  let dir: string;
  let outbox: RemoteOutbox;
  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'sallyport-outbox.'))));
  afterEach(async () => {
    await outbox.stop();
    await rm(dir, { recursive: true, force: true });
  });

  /** Appends until it is refused; what was refused counts once when records are given up. */
  const fill = async (text = TEXT): Promise<Filled> => {
    const filled = await outbox.call<Filled>('fill', text);
    expect(filled.refusal).toBe(refusal);
    return filled;
  };
  const appendUntilAccepted = async (): Promise<void> => {
    const taken = async (): Promise<number> => (await outbox.call<{ records: number }>('counts')).records;
    const before = await taken();
    await until(async () => {
      await outbox.call('append', TEXT);
      return (await taken()) > before;
    });
  };
  const drainsAndGoesOn = async (): Promise<void> => {
    const { accepted } = await fill();
    expect(accepted).toBeGreaterThan(200);
    await outbox.call('append', TEXT);
    const shed = onFull === 'block' ? 0 : 2;
    const full = await outbox.call<object>('counts');
    expect(full).toEqual({ accepted: accepted + shed, queued: 0, shed, records: accepted });
    expect(await outbox.call('drain')).toBe(accepted);
    await appendUntilAccepted();
    // The disk was found full before a commit could fail on it, which may end the process.
    expect(outbox.complaints).toBe('');
    // On a slow disk the end of the outage may be told as well.
    expect(outbox.logged[0]).toEqual({ error: expect.stringContaining('the log outbox is full') as string });
  };

  // `ulimit` counts KiB. It is what every machine has; a write over it fails as on a disk that is full.
  it('ships what it has and takes records again in the room of those, without more disk', async () => {
    outbox = RemoteOutbox.start('ulimit -f 12288; exec "$@"', dir, settings);
    await drainsAndGoesOn();
  });

  it('goes on with a record of several MB that finds no room', async () => {
    outbox = RemoteOutbox.start('ulimit -f 12288; exec "$@"', dir, settings);
    const { accepted } = await fill(LARGE_TEXT);
    expect(await outbox.call('drain')).toBe(accepted);
    await appendUntilAccepted();
  });

  (process.platform === 'linux' ? it : it.skip)(
    'takes records again when the disk has room, without restart',
    async () => {
      outbox = RemoteOutbox.start('ulimit -S -f 12288; exec "$@"', dir, settings);
      const { accepted } = await fill();
      execFileSync('prlimit', ['--pid', String(outbox.child.pid), '--fsize=unlimited']);
      await appendUntilAccepted();
      const { records } = await outbox.call<{ records: number }>('counts');
      expect(records).toBe(accepted + 1);
    },
  );

  (mayMount() ? it : it.skip)('does the same on a file system without a free block', async () => {
    const mount = join(dir, 'mount');
    await mkdir(mount);
    const launcher = `mount -t tmpfs -o size=12m tmpfs '${mount}' && "$@"`;
    outbox = RemoteOutbox.start(
      `exec unshare -rm bash -c '${launcher.replaceAll("'", `'"'"'`)}' sh "$@"`,
      join(mount, 'outbox'),
      settings,
    );
    await drainsAndGoesOn();
  });
});
