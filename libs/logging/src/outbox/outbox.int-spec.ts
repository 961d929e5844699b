import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { LogEntry } from '../entry/log-entry';
import { Outbox, type OutboxBatch } from './outbox';

const entry = (name: string, json = '{}'): LogEntry => ({ callId: `call-${name}`, date: '2026-11-21', name, json });
const names = (batch: OutboxBatch | undefined): string[] | undefined => batch?.entries.map(({ name }) => name);
const all = { maxRecords: 1_000, maxBytes: 1_000_000, maxAgeMs: 0 };

/** Appends without end and prints the name of each record that was accepted. Runs the build output. */
const APPENDER = `
  const { Outbox } = require('@sallyport/logging');
  const outbox = Outbox.open(process.argv[1]);
  const json = JSON.stringify({ text: 'x'.repeat(4000) });
  (async () => {
    for (let i = 0; ; i++) {
      await outbox.append({ callId: 'c', date: '2026-11-21', name: process.argv[2] + i, json });
      process.stdout.write(process.argv[2] + i + '\\n');
    }
  })();
`;

/** Claims a batch, prints its id and keeps it. */
const CLAIMER = `
  const { Outbox } = require('@sallyport/logging');
  const outbox = Outbox.open(process.argv[1]);
  outbox.claim({ maxRecords: 10, maxBytes: 1e6, maxAgeMs: 0 }).then((batch) => process.stdout.write(batch.id));
  setInterval(() => {}, 1000);
`;

function run(script: string, ...args: string[]): ChildProcessByStdio<null, Readable, null> {
  return spawn(process.execPath, ['-e', script, ...args], { cwd: __dirname, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Asks again until there is something to ship; fails by the time limit of the test when that never comes. */
async function nextBatch(outbox: Outbox): Promise<OutboxBatch> {
  for (;;) {
    const batch = await outbox.claim(all);
    if (batch !== undefined) return batch;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

describe(Outbox.name, () => {
  let dir: string;
  let outbox: Outbox;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sallyport-outbox.'));
    outbox = Outbox.open(dir);
  });
  afterEach(async () => {
    await outbox.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('hands out records in the order in which they came', async () => {
    const expected = Array.from({ length: 200 }, (_, i) => `n${i}`);
    await Promise.all(expected.map((name) => outbox.append(entry(name))));
    expect(names(await outbox.claim(all))).toEqual(expected);
  });

  it.each([
    ['count', { maxRecords: 2, maxBytes: 1_000, maxAgeMs: 60_000 }, ['n1', 'n2']],
    ['bytes', { maxRecords: 9, maxBytes: 110, maxAgeMs: 60_000 }, ['n1', 'n2']],
    ['one record over the bytes', { maxRecords: 9, maxBytes: 10, maxAgeMs: 60_000 }, ['n1']],
    ['age', { maxRecords: 9, maxBytes: 1_000, maxAgeMs: 0 }, ['n1', 'n2', 'n3']],
    ['nothing', { maxRecords: 9, maxBytes: 1_000, maxAgeMs: 60_000 }, undefined],
  ])('makes a batch due by %s', async (_limit, limits, expected) => {
    for (const name of ['n1', 'n2', 'n3']) await outbox.append(entry(name, `"${'x'.repeat(48)}"`));
    expect(names(await outbox.claim(limits))).toEqual(expected);
  });

  it('gives the same batch until it is complete, over a restart and with records behind it', async () => {
    await outbox.append(entry('n1'));
    const first = await outbox.claim(all);
    await outbox.append(entry('n2'));
    await outbox.close();
    outbox = Outbox.open(dir);
    const again = await outbox.claim(all);
    expect(again).toEqual(first);
    expect(again?.id).toMatch(/^b-[0-9A-Z]{26}$/);
    expect(await outbox.complete(again?.id ?? '')).toBe(1);
    expect(names(await outbox.claim(all))).toEqual(['n2']);
  });

  it('completes a batch once', async () => {
    await outbox.append(entry('n1'));
    const batch = await outbox.claim(all);
    expect(await outbox.complete(batch?.id ?? '')).toBe(1);
    await outbox.append(entry('n2'));
    const next = await outbox.claim(all);
    expect(await outbox.complete(batch?.id ?? '')).toBe(0);
    expect(names(next)).toEqual(['n2']);
    expect(outbox.depth().records).toBe(1);
  });

  it('tells its depth', async () => {
    expect(outbox.depth()).toEqual({ records: 0, oldestAgeMs: 0 });
    await outbox.append(entry('n1'));
    await outbox.append(entry('n2'));
    expect(outbox.depth().records).toBe(2);
    expect(outbox.accepted).toBe(2);
  });

  it('may be open twice: both append, one ships, and the other goes on when that one closes', async () => {
    const other = Outbox.open(dir);
    await outbox.append(entry('n1'));
    await other.append(entry('n2'));
    const batch = await other.claim(all);
    // Two processes keep no order within one millisecond.
    expect(names(batch)?.sort()).toEqual(['n1', 'n2']);
    expect(await outbox.claim(all)).toBeUndefined();
    await other.close();
    // The write of the one that closes may reach the other a moment later.
    expect(await nextBatch(outbox)).toEqual(batch);
  });

  it('keeps what was accepted when its process is killed', async () => {
    const child = run(APPENDER, dir, 'a');
    let printed = '';
    for await (const piece of child.stdout) {
      printed += String(piece);
      if (printed.length > 2_000) break;
    }
    await kill(child);
    const accepted = printed.split('\n').slice(0, -1);
    const kept = names(await outbox.claim({ ...all, maxRecords: 100_000, maxBytes: 1e9 }));
    expect(accepted.length).toBeGreaterThan(100);
    expect(kept).toEqual(expect.arrayContaining(accepted));
  });

  it('takes records from several processes at once', async () => {
    const children = ['a', 'b'].map((prefix) => run(APPENDER, dir, prefix));
    await Promise.all(children.map((child) => once(child.stdout, 'data')));
    await outbox.append(entry('own'));
    await Promise.all(children.map(kill));
    const kept = names(await outbox.claim({ ...all, maxRecords: 100_000, maxBytes: 1e9 }));
    expect(kept).toEqual(expect.arrayContaining(['a0', 'b0', 'own']));
  });

  it('leaves a batch to the living process that ships it, and takes it over when that one is killed', async () => {
    await outbox.append(entry('n1'));
    const child = run(CLAIMER, dir);
    const [id] = (await once(child.stdout, 'data')) as [Buffer];
    expect(await outbox.claim(all)).toBeUndefined();
    await kill(child);
    expect(await outbox.claim(all)).toEqual({ id: id.toString('utf8'), entries: [entry('n1')] });
  });
});
