import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { LogBatchSettings, OutboxSettings } from '@sallyport/config';
import { until } from '@sallyport/testing';
import type { LogEntry } from '../entry/log-entry';
import type { Outbox } from './outbox';

export const SETTINGS: OutboxSettings = {
  maxBytes: 1e9,
  maxRecords: 1e6,
  onFull: 'block',
  // The records of the tests are of one day, however long ago.
  ledgerDays: 100_000,
  ledgerMaxRecords: 1e6,
};

/** Makes everything one batch that is due. */
export const ALL: LogBatchSettings = {
  maxRecords: 100_000,
  maxBytes: 1e9,
  maxAgeMs: 0,
  maxInlineBytes: 1e9,
  maxQueuedBatches: 1e6,
};

export function entry(name: string, json = '{}'): LogEntry {
  return { callId: `call-${name}`, date: '2026-11-21', name, json };
}

/** Names of the records of the next batch; undefined when there is none. */
export async function claimedNames(outbox: Outbox, limits = ALL): Promise<string[] | undefined> {
  const batch = await outbox.claim(limits);
  return batch?.items.map(({ key }) => outbox.read(key)?.name ?? 'gone');
}

/** Completes batch after batch. @returns their ids and the names of their records */
export async function drain(outbox: Outbox, limits = ALL): Promise<{ id: string; names: string[] }[]> {
  const batches: { id: string; names: string[] }[] = [];
  for (let batch = await outbox.claim(limits); batch !== undefined; batch = await outbox.claim(limits)) {
    batches.push({ id: batch.id, names: batch.items.map(({ key }) => outbox.read(key)?.name ?? 'gone') });
    if ((await outbox.complete(batch.id)) === 0) throw new Error('The batch cannot be completed');
  }
  return batches;
}

/** The same until nothing is left: what a killed process wrote last may be seen a moment later only. */
export async function drainAll(outbox: Outbox): Promise<{ id: string; names: string[] }[]> {
  const batches: { id: string; names: string[] }[] = [];
  await until(async () => {
    batches.push(...(await drain(outbox)));
    return outbox.depth().records === 0;
  });
  return batches;
}

/** What the children have in common; they run the build output. */
const PRELUDE = `
  const { Outbox } = require('@sallyport/logging');
  // Unlike process.stdout, which keeps in memory what its reader is slow to take: a kill would lose it.
  const tell = (value) => require('node:fs').writeSync(1, JSON.stringify(value) + '\\n');
  const logger = { error: (_, text) => tell({ error: text }), info: (_, text) => tell({ info: text }), warn: (_, text) => tell({ warn: text }) };
  const [dir, settings, prefix] = process.argv.slice(1);
  const outbox = Outbox.open(dir, JSON.parse(settings), logger);
  const entry = (name, json) => ({ callId: 'call-' + name, date: '2026-11-21', name, json });
  const limits = { maxRecords: 20, maxBytes: 1e9, maxAgeMs: 0, maxInlineBytes: 1e9, maxQueuedBatches: 1e6 };
`;

/** Appends without end and tells the name of each record that was accepted. */
export const APPENDER = `${PRELUDE}
  const json = JSON.stringify({ text: 'x'.repeat(4000) });
  const run = async (lane) => {
    for (let i = 0; ; i++) {
      const name = [prefix, lane, i].join('-');
      await outbox.append(entry(name, json));
      tell(name);
    }
  };
  for (const lane of [1, 2, 3]) run(lane);
`;

/** Ships without end and tells the names of each batch before it completes it. */
export const COMPLETER = `${PRELUDE}
  (async () => {
    for (;;) {
      const batch = await outbox.claim(limits);
      if (batch === undefined) { await new Promise((resolve) => setTimeout(resolve, 5)); continue; }
      for (const { key } of batch.items) { const name = outbox.read(key)?.name; if (name) tell(name); }
      await outbox.complete(batch.id);
    }
  })();
`;

/**
 * Ships without end, postpones every other batch, and lets its clock run ahead so that those come back. It tells the id
 * and the names of each batch before it completes or postpones it.
 */
export const POSTPONER = `${PRELUDE}
  let aheadMs = 0;
  const clock = Date.now;
  Date.now = () => clock() + aheadMs;
  // Another one may leave nothing to ship.
  tell({ id: 'begun', names: [] });
  (async () => {
    for (let turn = 0; ; turn++) {
      const batch = await outbox.claim({ ...limits, maxRecords: 3 });
      if (batch === undefined) { await new Promise((resolve) => setTimeout(resolve, 5)); continue; }
      tell({ id: batch.id, names: batch.items.map(({ key }) => outbox.read(key)?.name ?? null) });
      await (turn % 2 === 0 ? outbox.postpone(batch.id) : outbox.complete(batch.id));
      if (turn % 5 === 0) aheadMs += 31_000;
    }
  })();
`;

/** Claims a batch, tells its id and keeps it. */
export const CLAIMER = `${PRELUDE}
  outbox.claim(limits).then((batch) => tell(batch.id));
  setInterval(() => {}, 1000);
`;

/** Does what each line of its input says and tells the result. */
const SERVANT = `${PRELUDE}
  const commands = {
    fill: async (json) => {
      for (let accepted = 0; ; accepted++) {
        const { shed } = outbox.counts();
        const refusal = await outbox.append(entry('f' + accepted, json)).catch((error) => error.code);
        if (refusal || outbox.counts().shed > shed) return { accepted, refusal: refusal ?? null };
      }
    },
    append: async (json) => (await outbox.append(entry('a', json)).catch((error) => error.code)) ?? null,
    drain: async () => {
      let removed = 0;
      for (let batch; (batch = await outbox.claim(limits)); ) removed += await outbox.complete(batch.id);
      return removed;
    },
    counts: async () => ({ ...outbox.counts(), records: outbox.depth().records }),
  };
  require('node:readline').createInterface({ input: process.stdin }).on('line', async (line) => {
    const [command, ...args] = JSON.parse(line);
    tell({ result: await commands[command](...args) });
  });
`;

const started: ChildProcess[] = [];

export type TellingChild = ChildProcessByStdio<null, Readable, null>;

export function startChild(script: string, dir: string, prefix = '', settings = SETTINGS): TellingChild {
  const args = ['-e', script, dir, JSON.stringify(settings), prefix];
  const child = spawn(process.execPath, args, { cwd: __dirname, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  return child;
}

/** Ends the children that a test which failed has left behind. */
export async function killAll(): Promise<void> {
  await Promise.all(started.splice(0).map(kill));
}

/** Collects what a child tells, whole lines only, also after it was killed. */
export function listen<T = string>(child: TellingChild): { readonly told: T[]; readonly ended: Promise<unknown> } {
  const told: T[] = [];
  const ended = (async () => {
    let rest = '';
    for await (const piece of child.stdout) {
      const lines = (rest + String(piece)).split('\n');
      rest = lines.pop() ?? '';
      told.push(...lines.map((line) => JSON.parse(line) as T));
    }
  })();
  return { told, ended };
}

export async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** An outbox in a process of its own, whose disk has a limit. */
export class RemoteOutbox {
  /** What it logged. */
  readonly logged: unknown[] = [];
  /** What LMDB printed: it does so when a commit fails. */
  complaints = '';
  private readonly lines: Interface;
  private readonly answers: ((result: unknown) => void)[] = [];

  private constructor(readonly child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.lines = createInterface({ input: child.stdout }).on('line', (line) => this.take(line));
    child.stderr.on('data', (piece) => (this.complaints += String(piece)));
  }

  /** @param launcher shell line that sets the limit and ends with `exec "$@"` or `"$@"` */
  static start(launcher: string, dir: string, settings: OutboxSettings): RemoteOutbox {
    const command = ['-c', launcher, 'sh', process.execPath, '-e', SERVANT, dir, JSON.stringify(settings)];
    return new RemoteOutbox(spawn('bash', command, { cwd: __dirname, stdio: ['pipe', 'pipe', 'pipe'] }));
  }

  call<T>(command: 'fill' | 'append' | 'drain' | 'counts', ...args: string[]): Promise<T> {
    this.child.stdin.write(`${JSON.stringify([command, ...args])}\n`);
    // When the process ends there is no answer, and the time limit of the test tells so.
    return new Promise<T>((resolve) => this.answers.push((result) => resolve(result as T)));
  }

  async stop(): Promise<void> {
    this.lines.close();
    await kill(this.child);
  }

  private take(line: string): void {
    const told = JSON.parse(line) as { result?: unknown };
    if ('result' in told) this.answers.shift()?.(told.result);
    else this.logged.push(told);
  }
}
